import type { Pace } from '../../contract/contest.js';
import type { Measurement, RunRecord } from '../../contract/measurement.js';
import { formatDuration } from '../format.js';
import { median } from '../statistics.js';

type Timed = Pick<Measurement, 'status'> & Pick<RunRecord, 'seconds'>;

/** Fewer runs say too little of how long one takes; more than these are forgotten. */
const ENOUGH = 4;
const REMEMBERED = 16;

/** Rungs give half of the budget or less: a run that still takes this part of a whole one's time saves nothing by it. */
const SAME = 0.9;

/** A crash may come early; whoever was killed for time took all there is. */
const lasted = ({ status }: Timed): boolean => status === 'ok' || status === 'timeout';

/** What whole runs of the unchanged artifact take; null where none of them went well. */
export const openPace = (baseline: readonly Timed[]): Pace | null => {
  const seconds = baseline.filter(lasted).map((one) => one.seconds.run);
  return seconds.length === 0 ? null : { whole: median(seconds), parts: [] };
};

export const notePart = (pace: Pace, run: Timed, fidelity: number): Pace =>
  fidelity < 1 && lasted(run)
    ? { ...pace, parts: [...pace.parts, { fidelity, seconds: run.seconds.run }].slice(-REMEMBERED) }
    : pace;

/**
 * Why rungs save no time; null: they do, or nobody knows yet. A program that ignores its share runs beyond it; one that
 * ends within each share has a budget that is more than it needs.
 */
export const idleRungs = ({ whole, parts }: Pace, budget: number): { why: string; fix: string } | null => {
  if (parts.length < ENOUGH || whole <= 0) return null;
  const taken = median(parts.map(({ seconds }) => seconds));
  if (taken < SAME * whole) return null;
  const largest = Math.max(...parts.map(({ fidelity }) => fidelity));
  const times = `runs with ${String(Math.round(100 * largest))} % of the budget and less take ${formatDuration(taken)}, whole ones ${formatDuration(whole)}`;
  const cost = 'rungs cost as much as whole runs and tell no more';
  return parts.every(({ fidelity, seconds }) => seconds <= fidelity * budget)
    ? {
        why: `${times}: all end within their share of the ${formatDuration(budget)} of run.budget, so ${cost}`,
        fix: 'set run.budget to what a whole run takes, or take acceptance.rule halving',
      }
    : {
        why: `${times}: the program doesn't heed AUTOLIFT_BUDGET_SECONDS, so ${cost}`,
        fix: 'let the program stop by AUTOLIFT_BUDGET_SECONDS or scale its work by AUTOLIFT_FIDELITY (docs/tasks.md), or take acceptance.rule halving',
      };
};
