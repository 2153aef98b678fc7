import type { LoopResult } from '../../contract/loop.js';

/** Whether a child loop ended by itself: one that a person stopped had another budget than those it is compared with. */
export const ranItsCourse = ({ stopped }: Pick<LoopResult, 'stopped'>): boolean =>
  /^(?:budget spent|target reached|plateau)\b/.test(stopped);

/** Whether its devices' time ended it before its experiments were spent: one that it is compared with may have had more of them. */
export const wasCutOff = ({ stopped }: Pick<LoopResult, 'stopped'>): boolean =>
  /^budget spent: .* device hours?$/.test(stopped);
