import { mean } from '../statistics.js';
import { driftOf, slopeP, type Drift } from './drift.js';

/** A value, and its run's place in the order of all runs. */
export interface Timed {
  at: number;
  value: number;
}

export type TimedPair = readonly [Timed, Timed];

export interface PairsDrift {
  drift: Drift;
  /** degrees of freedom that the line took from what lies between seeds and within them */
  lost: { between: number; within: number };
}

const NONE = { between: 0, within: 0 } as const;

/** Differences of the two runs of a seed against the runs between them: what the seeds are worth drops out. */
const within = (pairs: readonly TimedPair[], length: number): Drift => {
  const apart = pairs.map(([a, b]) => ({ lag: b.at - a.at, d: b.value - a.value }));
  const spread = apart.reduce((sum, { lag }) => sum + lag * lag, 0);
  const slope = apart.reduce((sum, { lag, d }) => sum + lag * d, 0) / spread;
  const rest = apart.reduce((sum, { lag, d }) => sum + (d - slope * lag) ** 2, 0);
  const df = pairs.length - 1;
  const error = Math.sqrt(rest / df / spread);
  return { total: slope * length, perRun: slope, p: slopeP({ slope, error, df }) };
};

/**
 * The drift over runs of seeds that were run twice. Two runs of a seed may be alike, so all runs in a row are no
 * independent values; the seeds' means are, and so are the differences within seeds. The order of the runs alone says
 * which of both shows the slope better: the means where a seed's runs follow each other, else the differences.
 */
export const driftOfPairs = (pairs: readonly TimedPair[]): PairsDrift => {
  if (pairs.length < 4) return { drift: { total: 0, perRun: 0, p: null }, lost: NONE };
  const times = pairs.flat().map(({ at }) => at);
  const length = Math.max(...times) - Math.min(...times);
  const middles = pairs.map(([a, b]) => (a.at + b.at) / 2);
  const centre = mean(middles);
  const shownBetween = 2 * middles.reduce((sum, at) => sum + (at - centre) ** 2, 0);
  const shownWithin = pairs.reduce((sum, [a, b]) => sum + (b.at - a.at) ** 2, 0) / 2;
  if (shownWithin > shownBetween) return { drift: within(pairs, length), lost: { between: 0, within: 1 } };
  const found = driftOf(
    pairs.map(([a, b]) => (a.value + b.value) / 2),
    middles,
  );
  return { drift: { ...found, total: found.perRun * length }, lost: { between: 1, within: 0 } };
};
