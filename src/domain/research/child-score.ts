import type { LoopResult } from '../../contract/loop.js';
import type { ResearchTask } from '../../contract/research.js';
import { mean } from '../statistics.js';
import { freshMean, unitScore } from './unit-score.js';

const known = (values: readonly (number | null)[]): number[] =>
  values.flatMap((value) => (value === null ? [] : [value]));

/** u of a child loop: 0 where nothing was kept; else fresh runs of what was kept against those of its baseline. */
export const childScore = (
  result: LoopResult,
  { target, base }: Pick<ResearchTask, 'target' | 'base'>,
): number => {
  const { incumbent, baseline, rescored } = result;
  if (incumbent === null || baseline === null || incumbent.experiment === 0) return 0;
  const fresh = known(rescored?.baseline ?? []);
  const zero = base ?? (fresh.length === 0 ? baseline.value : mean(fresh));
  const reached = rescored === undefined ? incumbent.value : freshMean(rescored.incumbent);
  return unitScore({ incumbent: reached, base: zero, target });
};
