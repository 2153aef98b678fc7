import type { HoldoutRule, TailGuard } from '../../contract/audit.js';
import { TAIL_TASKS } from '../lift/lift-options.js';

type Guarded = Pick<Extract<HoldoutRule, { name: 'sequential' }>, 'worst' | 'tail'>;

/**
 * A pair that loses this many typical differences undoes what as many others gain: to turn a gain into a loss it must
 * come on one pair of nine, and is then unseen by 30 in 3 of 100. Gains with normal, Laplace and t(3) noise lost no
 * power at 8 that 400 streams could tell (error 2 points), and six to eight points at 4.
 */
export const TAIL_TIMES = 8;

/** What `t` needs beside it where losses may be rare and large. A `worst` says itself what a pair may lose. */
export const tailGuard = (worst: number | null): TailGuard => ({
  pairs: TAIL_TASKS,
  times: worst === null ? TAIL_TIMES : null,
});

/**
 * Median size of the gains that are any: no unit, and no few large ones move it. Where most pairs are alike, the others
 * say what is typical.
 */
export const typicalDifference = (gains: readonly number[]): number => {
  const sizes = gains
    .filter((gain) => gain !== 0)
    .map(Math.abs)
    .sort((a, b) => a - b);
  const middle = (sizes.length - 1) / 2;
  return ((sizes[Math.floor(middle)] ?? 0) + (sizes[Math.ceil(middle)] ?? 0)) / 2;
};

/** Whether these gains may pay by what was lost among them: enough were drawn, and none lost too much. */
export const tailHolds = (gains: readonly number[], { worst, tail }: Guarded): boolean => {
  const least = Math.min(...gains);
  if (worst !== null && least < worst) return false;
  if (tail === undefined) return true;
  return (
    gains.length >= tail.pairs && (tail.times === null || -least <= tail.times * typicalDifference(gains))
  );
};

/** Chance that a loss on this share of all instances is in none of so many pairs: no evidence can see it then. */
export const unseenLoss = (share: number, pairs: number): number => (1 - share) ** pairs;
