import type { FailureMode } from '../../contract/alarm.js';
import type { LiftLevel } from '../../contract/lift-level.js';

const WHY: Readonly<Record<FailureMode, string>> = {
  'objective-drift': 'less than half of what the objective claims was seen on the holdout',
  'evaluator-capture': "the loop's evaluator pays for what the holdout doesn't show",
  'data-collapse': 'the holdout shows data that has collapsed',
  'ungrounded-search': "what was kept together doesn't pay on the holdout",
  'cost-explosion': 'the cost passes the envelope',
};

/** What to do before going on, beside what the loop has done itself. */
const NEXT: Readonly<Record<FailureMode, string>> = {
  'objective-drift': 'mend the objective, then `autolift resume`',
  'evaluator-capture': 'add canaries that look like what was kept here, then `autolift resume`',
  'data-collapse': 'restore the share of real items to 25 %, accumulate instead of replacing',
  'ungrounded-search': 'say what experiment would show a gain before `autolift resume`',
  'cost-explosion': 'raise the budget or make lifts cheaper',
};

/** What a person is told when the answers of the steward amount to a failure; no number of the holdout. */
export const stewardWords = (
  mode: FailureMode,
  { level, standing }: { level: LiftLevel; standing: number },
): { why: string; response: string[] } => ({
  why: WHY[mode],
  response: [
    `back at #${String(standing)}, the last that the holdout confirmed`,
    `${level} is frozen`,
    NEXT[mode],
  ],
});
