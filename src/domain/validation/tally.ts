import type { HoldoutTally, HoldoutWord } from '../../contract/holdout.js';

export const NO_ANSWERS: HoldoutTally = { answers: {}, left: null, final: null };

/** The tally with one more answer; what was never put to the vault is none. */
export const countAnswer = (tally: HoldoutTally, word: HoldoutWord): HoldoutTally => {
  const { verdict, record, left, kind, reason } = word;
  const answers =
    record === null ? tally.answers : { ...tally.answers, [verdict]: (tally.answers[verdict] ?? 0) + 1 };
  const nothing = reason === 'budget_spent' ? { queries: 0, passes: 0 } : tally.left;
  return { answers, left: left ?? nothing, final: kind === 'final' ? verdict : tally.final };
};

/** Whether no further question can be paid for. */
export const isSpent = ({ left }: Pick<HoldoutTally, 'left'>): boolean =>
  left !== null && (left.queries === 0 || left.passes === 0);
