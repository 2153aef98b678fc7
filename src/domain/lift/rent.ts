import type { LiftOptions } from './lift-options.js';
import { type LiftVerdict, liftVerdict } from './lift-verdict.js';

export type Rent = 'paid' | 'unpaid' | 'grace';

/** Lifts after which a level must have paid. */
export const RENT_PERIOD = 3;

/** Task values (see `taskValues`) of R_0, R_1, … R_n of one level, on the same tasks. */
export type Climb = readonly (readonly number[])[];

export interface RentDecision {
  rent: Rent;
  verdict: LiftVerdict;
  /** where the level stands after this decision: the last system that is paid for */
  keep: number;
}

const between = (later: readonly number[], earlier: readonly number[]): number[] => {
  if (later.length !== earlier.length) throw new RangeError('rent is judged on the same tasks');
  return later.map((one, task) => one - (earlier[task] ?? Number.NaN));
};

/**
 * Rent of a level: V(R_n) - V(R_(n-k)) as one lift verdict, so that k lifts may earn it together. Fewer than k lifts are
 * in grace. 'flat' and 'undecided' are unpaid like harm: no climbing on hope; the level goes back to R_(n-k) and may
 * climb on with new information only.
 */
export const rent = (
  climb: Climb,
  options: Partial<LiftOptions> = {},
  period = RENT_PERIOD,
): RentDecision => {
  const lifts = climb.length - 1;
  const [now, then] = [climb[lifts], climb[lifts - period]];
  if (now === undefined) throw new RangeError('rent needs the base system');
  if (then === undefined) return { rent: 'grace', verdict: 'undecided', keep: lifts };
  const verdict = liftVerdict(between(now, then), options);
  return verdict === 'pays'
    ? { rent: 'paid', verdict, keep: lifts }
    : { rent: 'unpaid', verdict, keep: lifts - period };
};

/** Rent of each level, the lowest first. */
export type LevelRents = readonly Rent[];

/** May the tower be lifted from one level to another? Only by one, or where every level skipped has paid. */
export const mayLift = (from: number, to: number, rents: LevelRents): boolean => {
  if (to <= from) return false;
  for (let level = from + 1; level < to; level++) if (rents[level] !== 'paid') return false;
  return true;
};
