import type { Acceptance } from '../../contract/task-schema.js';
import { formatSpread } from '../format.js';
import { gain } from '../score.js';
import { firstPair } from './pairs.js';
import type { Evidence } from './rule.js';

/** Gain of the screening run over the incumbent's standing. */
export const screeningGain = (evidence: Evidence): number => {
  const { direction, standing } = evidence;
  const first = evidence.candidate.find((sample) => sample.index === 0);
  if (first === undefined) throw new RangeError('a rule was asked before the candidate was measured');
  return gain({ value: first.value, direction }, { value: standing.value, direction });
};

/** Gains on the indices that both artifacts were measured on, the screening run left out. */
export const pairedGains = (evidence: Evidence): number[] => {
  const { direction } = evidence;
  const first = firstPair(evidence, 1);
  const incumbent = new Map(evidence.incumbent.map(({ index, value }) => [index, value]));
  return evidence.candidate.flatMap(({ index, value }) => {
    const other = incumbent.get(index);
    if (index < first || other === undefined) return [];
    return [gain({ value, direction }, { value: other, direction })];
  });
};

/** The smallest gain that counts, in units of the metric. */
export const smallestEffect = (evidence: Evidence, { minEffect }: Acceptance): number =>
  minEffect.relative ? minEffect.value * Math.abs(evidence.standing.value) : minEffect.value;

/** "better by 0.012", "worse by 0.3" or "exactly as good": what a gain says, in words and few digits. */
export const inWords = (gained: number): string => {
  if (gained === 0) return 'exactly as good';
  return `${gained > 0 ? 'better' : 'worse'} by ${formatSpread(Math.abs(gained))}`;
};
