import type { LiftOptions } from './lift-options.js';
import { ruleEvidence } from './rule-evidence.js';

/** ln e-values of the three questions that are asked of a lift. */
export interface LiftEvidence {
  /** against E[d] <= eps */
  pays: number;
  /** against E[d] >= eps */
  flat: number;
  /** against E[d] >= 0 */
  harmful: number;
}

/** All three over the same differences; each needs ln(1/alpha). (Ville 1939: at most alpha of nulls ever reach it.) */
export const liftEvidence = (d: readonly number[], { eps, rule, bound }: LiftOptions): LiftEvidence => {
  const evidence = ruleEvidence(rule, bound);
  return {
    pays: evidence(d.map((one) => one - eps)),
    flat: evidence(d.map((one) => eps - one)),
    harmful: evidence(d.map((one) => -one)),
  };
};
