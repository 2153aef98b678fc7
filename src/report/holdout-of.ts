import type { HoldoutStatus } from '../contract/holdout.js';
import type { LoopRecord } from '../contract/ledger.js';
import { vaultName } from '../contract/steward.js';
import { readAnswer, type RecordedAnswer } from '../domain/validation/answer-text.js';
import { countAnswer, NO_ANSWERS } from '../domain/validation/tally.js';
import { validateOf } from '../domain/validation/validate-of.js';

export interface RecordedHoldout {
  status: HoldoutStatus;
  /** in the order in which they came */
  answers: RecordedAnswer[];
}

/** What the ledger has of a loop's holdout: words and records. Null: its task has none. */
export const holdoutOf = ({ loop, events }: LoopRecord): RecordedHoldout | null => {
  const { task } = loop.input;
  const validate = validateOf(task);
  if (validate === null) return null;
  const told = events.filter(({ kind }) => kind === 'holdout').toSorted((a, b) => a.seq - b.seq);
  const answers = told.flatMap(({ text }) => readAnswer(text) ?? []);
  const tally = answers.reduce((sum, one) => countAnswer(sum, { ...one, reason: null }), NO_ANSWERS);
  const vault = vaultName(task.holdout?.vault ?? '');
  return { status: { ...tally, vault, validate, asking: null }, answers };
};
