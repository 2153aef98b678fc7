import type { LoopResult } from '../../contract/loop.js';

/** Whether a child loop ended by itself: one that a person stopped had another budget than those it is compared with. */
export const ranItsCourse = ({ stopped }: Pick<LoopResult, 'stopped'>): boolean =>
  /^(?:budget spent|target reached|plateau)\b/.test(stopped);
