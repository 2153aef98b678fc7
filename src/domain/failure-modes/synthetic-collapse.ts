import { standardDeviation } from '../statistics.js';
import type { Check, Detector, Response } from './detector.js';

/** A data version beside real data that no level may touch, along one descriptor. */
export interface DataTrail {
  /** descriptor of each item of the data version */
  data: readonly number[];
  /** the same of the real anchor */
  anchor: readonly number[];
  /** share of real items in the data version; null: not known */
  realShare: number | null;
}

const LEAST_SPREAD = 0.7;
const LEAST_DECILES = 9;
const LEAST_REAL_SHARE = 0.25;

/** Accumulating instead of replacing is what keeps a data set alive. (Gerstgrasser et al., arXiv 2404.01413.) */
const RESPONSE: readonly Response[] = [
  { do: 'restore-real-share', least: LEAST_REAL_SHARE },
  { do: 'accumulate' },
  { do: 're-anchor' },
];

const found = (alarm: boolean, why: string) =>
  alarm ? { why: `data-collapse: ${why}`, response: RESPONSE } : null;

/** Deciles of the anchor in which the data has an item. */
const decilesCovered = ({ data, anchor }: DataTrail): number => {
  const sorted = [...anchor].sort((a, b) => a - b);
  const edges = Array.from({ length: 9 }, (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / 10)] ?? 0);
  return new Set(data.map((item) => edges.filter((edge) => item >= edge).length)).size;
};

const spread: Check<DataTrail> = {
  name: 'spread',
  finds: ({ data, anchor }) => {
    const ratio = standardDeviation(data) / standardDeviation(anchor);
    return found(!(ratio >= LEAST_SPREAD), `the spread is ${ratio.toFixed(2)} of the real data's`);
  },
};

const coverage: Check<DataTrail> = {
  name: 'coverage',
  finds: (trail) => {
    const deciles = decilesCovered(trail);
    return found(
      deciles < LEAST_DECILES,
      `only ${String(deciles)} of 10 deciles of the real data are covered`,
    );
  },
};

const share: Check<DataTrail> = {
  name: 'real-share',
  finds: ({ realShare }) =>
    found(
      realShare !== null && !(realShare >= LEAST_REAL_SHARE),
      'less than a quarter of the items are real',
    ),
};

/** Data made by what was trained on it: spread below .7 or a lost decile of the real anchor, or too few real items. */
export const syntheticCollapse: Detector<DataTrail> = {
  mode: 'data-collapse',
  checks: [spread, coverage, share],
};
