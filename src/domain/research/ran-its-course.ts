import type { LoopResult } from '../../contract/loop.js';

/** Whether a child loop ended by itself: one that a person stopped had another budget than those it is compared with. */
export const ranItsCourse = ({ stopped }: Pick<LoopResult, 'stopped'>): boolean =>
  /^(?:budget spent|target reached|plateau)\b/.test(stopped);

/**
 * What ended it before its experiments were spent, its devices' time or its money; null: nothing did. One that it is compared with may
 * have had more of them.
 */
export const cutOffBy = ({ stopped }: Pick<LoopResult, 'stopped'>): 'device time' | 'money' | null => {
  if (/^budget spent: .* device hours?$/.test(stopped)) return 'device time';
  return /^budget spent: (?:.*\$|.* tokens?$)/.test(stopped) ? 'money' : null;
};
