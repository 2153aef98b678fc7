/** Waits for all, even where one fails, so that nothing is under way when the first failure is thrown. */
export const allOf = async <T>(steps: readonly Promise<T>[]): Promise<T[]> => {
  const ended = await Promise.allSettled(steps);
  return ended.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
};
