/** Runs shorter than this many seconds are dispatched before a device is free: the way to it would cost a few percent. */
const SHORT_RUN_SECONDS = 3;

interface Pace {
  concurrency: number;
  /** null before the first run has ended */
  meanRunSeconds: number | null;
  /** the loop lets everything end, to continue as new: nothing should begin only when something else has ended */
  draining: boolean;
  /** proposals ahead of the verdicts, where somebody said so: 0 wants each made from all that is known */
  ahead: number | undefined;
}

/** How many runs wait on deck beside those that hold a device. Longer runs wait here, where a keep can still rebase them. */
export const onDeck = ({ concurrency, meanRunSeconds, draining, ahead }: Pace): number => {
  if (draining || ahead === 0 || meanRunSeconds === null || meanRunSeconds >= SHORT_RUN_SECONDS) return 0;
  return Math.ceil(concurrency / 4);
};

/** Weight of the newest run in the running mean. */
const NEWEST = 0.1;

/** Mean length of a run in seconds, the recent ones counting most. */
export const nextMean = (mean: number | null, seconds: number): number =>
  mean === null ? seconds : mean + NEWEST * (seconds - mean);
