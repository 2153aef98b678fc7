import { expect, test } from 'vitest';
import type { HoldoutStatus, HoldoutWord } from '../../../../src/contract/holdout.js';
import {
  anchorText,
  INVALID_SENTENCES,
  readAnchor,
  type InvalidReason,
} from '../../../../src/contract/steward.js';
import { answerText, readAnswer } from '../../../../src/domain/validation/answer-text.js';
import { fateOf } from '../../../../src/domain/validation/fate-of.js';
import { holdoutWords, withoutWord, withWord } from '../../../../src/domain/validation/holdout-words.js';
import { countAnswer, isSpent, NO_ANSWERS } from '../../../../src/domain/validation/tally.js';
import { needsWord, validateOf } from '../../../../src/domain/validation/validate-of.js';
import { taskWith } from '../../../support/loop-input.js';

const holdout = { vault: 'toy', command: 'python3 score.py' };
const word = (change: Partial<HoldoutWord> = {}): HoldoutWord => ({
  kind: 'keep',
  verdict: 'flat',
  reason: null,
  record: 'a'.repeat(64),
  left: { queries: 30, passes: 7 },
  ...change,
});

test('only `pays` confirms a keep; a spent budget and what a person must mend are told apart from a no', () => {
  const fates = (['pays', 'flat', 'harmful', 'undecided'] as const).map((verdict) =>
    fateOf({ verdict, reason: null }),
  );
  expect(fates).toEqual(['confirmed', 'unconfirmed', 'unconfirmed', 'unconfirmed']);
  const reasons = Object.keys(INVALID_SENTENCES) as InvalidReason[];
  const invalid = Object.fromEntries(
    reasons.map((reason) => [reason, fateOf({ verdict: 'invalid', reason })]),
  );
  expect(invalid).toMatchObject({ scorer_failed: 'unconfirmed', budget_spent: 'spent', not_sealed: 'mend' });
  expect(Object.values(invalid)).not.toContain('confirmed');
});

test('a holdout is asked before keeps, under branch + promote before promotions, unless the task says otherwise', () => {
  expect(validateOf(taskWith())).toBeNull();
  expect(validateOf(taskWith({ holdout }))).toBe('every-keep');
  const branch = { holdout, acceptance: { rule: 'branch+promote' } } as const;
  expect(validateOf(taskWith(branch))).toBe('every-promotion');
  expect(validateOf(taskWith({ ...branch, validate: 'final' }))).toBe('final');
  expect(needsWord(taskWith(branch), 'provisional')).toBe(false);
  expect(needsWord(taskWith({ ...branch, validate: 'every-keep' }), 'provisional')).toBe(true);
  expect(needsWord(taskWith({ holdout, validate: 'every-promotion' }), 'keep')).toBe(true);
  for (const outcome of ['keep', 'provisional'] as const) {
    expect(needsWord(taskWith({ holdout, validate: 'final' }), outcome)).toBe(false);
    expect(needsWord(taskWith(), outcome)).toBe(false);
  }
  expect(needsWord(taskWith({ holdout }), 'discard')).toBe(false);
});

test('answers are counted by their word; what was never put to the vault is none', () => {
  const told = [
    word(),
    word({ verdict: 'pays' }),
    word({ verdict: 'invalid', reason: 'not_sealed', record: null, left: null }),
  ];
  const tally = told.reduce(countAnswer, NO_ANSWERS);
  expect(tally).toEqual({ answers: { flat: 1, pays: 1 }, left: { queries: 30, passes: 7 }, final: null });
  expect(isSpent(tally)).toBe(false);
  expect(isSpent(countAnswer(tally, word({ left: { queries: 3, passes: 0 } })))).toBe(true);
  const refused = word({ verdict: 'invalid', reason: 'budget_spent', record: null, left: null });
  expect(isSpent(countAnswer(NO_ANSWERS, refused))).toBe(true);
  expect(countAnswer(tally, word({ kind: 'final', verdict: 'harmful' })).final).toBe('harmful');
});

test('a proposer reads a reason without what the holdout said', () => {
  const reason = 'better by 0.1; approved by a person';
  expect(withWord(reason, word())).toBe(`${reason}; holdout: flat (record aaaaaaaaaaaa)`);
  expect(withoutWord(withWord(reason, word()))).toBe(reason);
  expect(withoutWord(reason)).toBe(reason);
});

test('an answer is read back from the event that anchors it', () => {
  const head = 'f'.repeat(64);
  for (const one of [
    word(),
    word({ verdict: 'invalid', reason: 'scorer_failed', left: null, kind: 'final' }),
  ]) {
    const text = `${anchorText(head)}${answerText(12, one)}`;
    expect(readAnchor(text)).toBe(head);
    const { kind, verdict, left } = one;
    expect(readAnswer(text)).toEqual({ experiment: 12, kind, verdict, left, record: 'a'.repeat(12) });
  }
  expect(readAnswer(`${anchorText(head)}: keep of experiment 3 noted`)).toBeNull();
});

test('a person sees the gap as a count, and who is waited for', () => {
  const status: HoldoutStatus = {
    ...[word(), word({ verdict: 'pays' })].reduce(countAnswer, NO_ANSWERS),
    vault: 'toy',
    validate: 'every-keep',
    asking: { experiment: 4, kind: 'keep', since: 0, away: true },
  };
  expect(holdoutWords(status)).toBe(
    'confirmed 1 of 2 gains of the search (1 pays, 1 flat), 30 questions and 7 answers left, ' +
      'the steward is away: the loop waits with #4 until it is back (`autolift worker steward`)',
  );
  expect(holdoutWords({ ...status, ...NO_ANSWERS, asking: null })).toBe('nothing was asked yet');
});
