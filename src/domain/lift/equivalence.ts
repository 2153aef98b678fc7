import { ruleEvidence } from './rule-evidence.js';
import type { LiftOptions } from './lift-options.js';

/**
 * Is |E[d]| below `epsEq`? Two one-sided e-tests, against E[d] >= epsEq and against E[d] <= -epsEq, each at alpha: no
 * evidence of a difference isn't evidence of none.
 */
export const isEquivalent = (
  d: readonly number[],
  { epsEq, alpha, rule, bound }: Pick<LiftOptions, 'alpha' | 'rule' | 'bound'> & { epsEq: number },
): boolean => {
  if (!d.every(Number.isFinite)) return false;
  const evidence = ruleEvidence(rule, bound);
  const needed = -Math.log(alpha);
  return evidence(d.map((one) => epsEq - one)) >= needed && evidence(d.map((one) => one + epsEq)) >= needed;
};
