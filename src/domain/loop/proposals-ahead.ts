interface Means {
  /** null before the first run has ended */
  runSeconds: number | null;
  proposeSeconds: number | null;
}

/** Beyond this many times the concurrency, more proposals would only be older when their turn comes. */
export const MOST_AHEAD = 8;

/** Standard deviations beyond the mean: with these less than one run in a hundred waits for a proposal. */
const SPREAD = 2;

/** Proposals that devices use up while one is being made: Little's law. */
export const usedUpMeanwhile = (concurrency: number, { runSeconds, proposeSeconds }: Means): number =>
  runSeconds === null || proposeSeconds === null
    ? concurrency
    : (concurrency * proposeSeconds) / Math.max(runSeconds, 0.01);

/**
 * How many proposals to have under way or waiting beside the runs. Runs end at any time, so what they use up while one is
 * made varies as much as its mean is large (Palm's theorem: whatever the model's latency is like), and a stock of the mean
 * would run out every other time. Slow runs with a quick model need few, and these are made from what is known by then.
 */
export const proposalsAhead = (concurrency: number, mean: Means): number => {
  if (mean.runSeconds === null || mean.proposeSeconds === null) return concurrency;
  const usedUp = usedUpMeanwhile(concurrency, mean);
  // one device ends one run after the other
  const inReserve = concurrency > 1 || usedUp > 1 ? 1 : 0;
  const wanted = Math.ceil(usedUp + SPREAD * Math.sqrt(usedUp)) + inReserve;
  return Math.min(Math.max(1, wanted), MOST_AHEAD * concurrency);
};

/** Room for proposals that take longer than the mean. */
const MARGIN = 1.25;

/** As many as loops had ahead that began before chance was reckoned with. */
export const fewerAhead = (concurrency: number, mean: Means): number => {
  if (mean.runSeconds === null || mean.proposeSeconds === null) return concurrency;
  const wanted = Math.ceil(MARGIN * usedUpMeanwhile(concurrency, mean)) + Math.ceil(concurrency / 4);
  return Math.min(Math.max(1, wanted), 4 * concurrency);
};
