import { isEquivalent } from './equivalence.js';
import { LIFT_DEFAULTS, type LiftOptions } from './lift-options.js';
import { liftVerdict } from './lift-verdict.js';

/** One lift R -> A(R), as far as standing still is concerned. */
export interface LiftStepTaken {
  /** behavioural distance of the mechanisms, see `mechanismDistance` */
  dMech: number;
  /** Gower's distance of the configurations */
  dConf: number;
  /** V_j(A(R)) - V_j(R) per held-out task */
  d: readonly number[];
}

export interface StillnessOptions extends LiftOptions {
  /** largest difference of V that counts as none, in units of u */
  epsEq: number;
}

/** moving; plateau: V stands still but behaviour doesn't, which counts against rent; fixed: R* = A(R*). */
export type Stillness = 'moving' | 'plateau' | 'fixed';

const MECHANISM_STILL = 0.05;
/** Gower's distance below which a configuration stands still. */
export const CONFIGURATION_STILL = 0.02;
/** Lifts in a row that must stand still. */
export const STILL_LIFTS = 2;

const DEFAULTS: StillnessOptions = { ...LIFT_DEFAULTS, rule: 't', epsEq: LIFT_DEFAULTS.eps };

const sameMechanism = ({ dMech }: LiftStepTaken): boolean => dMech <= MECHANISM_STILL;
const sameConfiguration = ({ dConf }: LiftStepTaken): boolean => dConf <= CONFIGURATION_STILL;

/** R* = A(R*) where the last two lifts moved neither mechanism (0.05) nor configuration (0.02) and V is equivalent. */
export const stillness = (
  lifts: readonly LiftStepTaken[],
  options: Partial<StillnessOptions> = {},
): Stillness => {
  const all = { ...DEFAULTS, ...options };
  const last = lifts.slice(-STILL_LIFTS);
  if (last.length < STILL_LIFTS || !last.every(({ d }) => isEquivalent(d, all))) return 'moving';
  if (last.every((lift) => sameMechanism(lift) && sameConfiguration(lift))) return 'fixed';
  return last.every(sameMechanism) ? 'moving' : 'plateau';
};

export type Grounding = 'grounded' | 'stable-hallucination';

/**
 * A fixed point is grounded if it beats the base on fresh tasks, d_j = V_j(R*) - V_j(R_base) 'pays'; otherwise it is a
 * stable hallucination: a system that agrees with itself and with nothing else.
 */
export const grounding = (fresh: readonly number[], options: Partial<LiftOptions> = {}): Grounding =>
  liftVerdict(fresh, options) === 'pays' ? 'grounded' : 'stable-hallucination';
