import { bet } from '../evidence/bet.js';
import type { EvidenceOptions } from '../../contract/evidence.js';
import type { Process } from '../evidence/process.js';
import { sign } from '../evidence/sign.js';
import { t } from '../evidence/t.js';

/** ln of the e-value against "the mean is at most 0". Its value at 0 differences is 0. */
export type Evidence = (d: readonly number[]) => number;

/**
 * How a lift's differences are weighed. `t+tail`: normal differences, with guards for what isn't normal; `bet`: bounded
 * differences, nothing else assumed; `sign`: the median only; `t`: without guards, for comparison.
 */
export type LiftRule = 't' | 't+tail' | 'bet' | 'sign';

const over =
  <State>(process: Process<State>, options: EvidenceOptions): Evidence =>
  (d) =>
    process.logE(
      d.reduce((state, one) => process.add(state, one, options), process.empty),
      options,
    );

/** The evidence process behind a rule; `bound` is the largest |d| that `bet` relies on. */
export const ruleEvidence = (rule: LiftRule, bound: number): Evidence => {
  // none of the three rules reads sd, delta or tau: they are the settings of z and mz
  const options: EvidenceOptions = { sd: 1, delta: 1, tau: 1, bound };
  if (rule === 'bet') return over(bet, options);
  return rule === 'sign' ? over(sign, options) : over(t, options);
};
