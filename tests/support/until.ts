const PATIENCE_MS = 150_000;
const LOOK_EVERY_MS = 300;

/** What is seen as soon as it is as wished; what was seen last is told when it never is. */
export const until = async <T>(look: () => Promise<T>, holds: (found: T) => boolean): Promise<T> => {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (holds(found)) return found;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(found)}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
};
