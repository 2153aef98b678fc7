import type { Rescored } from '../../contract/research.js';
import { formatValue } from '../format.js';
import { freshMean } from './unit-score.js';

/** Fresh values of both ends in words. */
export const meanText = ({ incumbent, baseline }: Rescored): string =>
  `${formatValue(freshMean(incumbent))} (${String(incumbent.length)} runs), the unchanged artifact beside it ${formatValue(freshMean(baseline))}`;
