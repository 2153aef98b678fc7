import type { Rule } from './rule.js';
import { sprt } from './sprt.js';

/**
 * Race, halving and hyperband judge candidates by the batch (`domain/contest`). What is left to a rule that sees one
 * candidate: a metric without noise, and what the contest said its winner stands on.
 */
export const byContest: Rule = {
  baselineRepeats: 10,
  step: (evidence, options) => sprt.step(evidence, options),
  standing: (evidence) => evidence.contest?.standing ?? sprt.standing(evidence),
};
