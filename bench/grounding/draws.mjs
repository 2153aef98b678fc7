/** Estimates that the lift's tables share. The specification's percentages there come from 500 and 300 runs. */
import { row } from './row.mjs';

export const times = (n, make) => Array.from({ length: n }, (_, i) => make(i));

/** A share in percent of so many runs, the specification's of its own; 0 and 1 as if one run went astray. */
export const percent = (at, hits, { runs, specRuns = runs }) => {
  const p = (hits + 1) / (runs + 2);
  const se = 100 * Math.sqrt((p * (1 - p)) / runs);
  return row({ ...at, measured: (100 * hits) / runs, se, specSe: se * Math.sqrt(runs / specRuns) });
};

/**
 * A quantile with its error from the order statistics around it; whole numbers are known to a half at best. `more`:
 * how many times the specification's runs these are.
 */
export const position = (at, values, { q, more = 1 }) => {
  const sorted = [...values].sort((a, b) => a - b);
  const near = (share) => sorted[Math.max(0, Math.min(sorted.length - 1, Math.floor(share * sorted.length)))];
  const around = Math.sqrt((q * (1 - q)) / sorted.length);
  const se = Math.max(0.5, (near(q + around) - near(q - around)) / 2);
  return row({ ...at, measured: near(q), se, specSe: se * Math.sqrt(more), rounding: 0.5 });
};

/** A mean over runs, the specification's being over as many. */
export const average = (at, values) => {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  const squares = values.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const se = Math.sqrt(squares / (values.length - 1) / values.length);
  return row({ ...at, measured: mean, se, specSe: se, rounding: 0.005 });
};
