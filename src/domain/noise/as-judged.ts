import type { Acceptance } from '../../contract/task-schema.js';
import { isContestRule } from '../contest/contest-rules.js';
import { eLondAlpha } from '../evidence/e-lond.js';

/**
 * The test of one candidate that a copy of the incumbent would have to pass. Under branch + promote scouting keeps
 * nothing, whatever its luck: a branch of copies meets the trunk in a sequential test on fresh pairs, which is `sprt`, at
 * the first test's level where their share is bounded. Halving and hyperband end in the same test; a race gives each
 * arm its part of alpha.
 */
export const asJudged = (acceptance: Acceptance): Acceptance => {
  const { rule, alpha, share, arms } = acceptance;
  if (rule === 'branch+promote') {
    const first = share ? eLondAlpha(alpha, { tests: 0, keeps: 0 }) : alpha;
    return { ...acceptance, rule: 'sprt', alpha: first };
  }
  if (rule === 'race') return { ...acceptance, rule: 'sprt', alpha: alpha / arms };
  return isContestRule(rule) ? { ...acceptance, rule: 'sprt' } : acceptance;
};
