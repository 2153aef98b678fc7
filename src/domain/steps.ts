/** A long computation that can be put aside between its steps, for whoever has other things to do. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** All of it in one go. */
export const inOneGo = <T>(steps: Steps<T>): T => {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
};
