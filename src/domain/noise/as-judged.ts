import type { Acceptance } from '../../contract/task-schema.js';

/**
 * How a copy of the incumbent would come to be kept. Under branch + promote scouting keeps nothing, whatever its luck:
 * a branch of copies meets the trunk in a sequential test on fresh pairs, which is `sprt`.
 */
export const asJudged = (acceptance: Acceptance): Acceptance =>
  acceptance.rule === 'branch+promote' ? { ...acceptance, rule: 'sprt' } : acceptance;
