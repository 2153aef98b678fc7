/** Beyond this many times the concurrency, more proposals would only be older when their turn comes. */
const MOST = 4;

/** Room for proposals that take longer than the mean. */
const MARGIN = 1.25;

/**
 * How many proposals to have under way or waiting beside the runs: by Little's law as many as devices use up while
 * one is being made. Slow runs with a quick model need few, and these are made from what is known by then.
 */
export const proposalsAhead = (
  concurrency: number,
  mean: { runSeconds: number | null; proposeSeconds: number | null },
): number => {
  const { runSeconds, proposeSeconds } = mean;
  if (runSeconds === null || proposeSeconds === null) return concurrency;
  const usedUp = (concurrency * proposeSeconds) / Math.max(runSeconds, 0.01);
  const wanted = Math.ceil(MARGIN * usedUp) + Math.ceil(concurrency / 4);
  return Math.min(Math.max(1, wanted), MOST * concurrency);
};
