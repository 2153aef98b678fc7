import { expect, test } from 'vitest';
import { OUTCOMES } from '../../../../src/contract/outcome.js';
import { ideaTheme } from '../../../../src/domain/memory/idea-theme.js';
import { lessonSource } from '../../../../src/domain/memory/lesson-source.js';
import { memoryOf } from '../../../../src/domain/memory/memory-setting.js';
import { searchWords } from '../../../../src/domain/memory/search-words.js';
import { isPromoted, promotedSightings } from '../../../../src/domain/memory/promoted-sightings.js';
import { sightingsOf } from '../../../../src/domain/memory/sightings.js';
import { PROMOTION } from '../../../../src/domain/promotion/promotion-proposer.js';
import { withWord } from '../../../../src/domain/validation/holdout-words.js';
import { experiment } from '../../../integration/storage/ledger/ledger-rows.js';
import { loopInput, taskWith } from '../../../support/loop-input.js';

const SOURCE = { task: 'toy', level: 'R0', epoch: 1 };

test('keeps, discards and failures teach; what was not run, not told or tampered with never does', () => {
  const rows = OUTCOMES.map((outcome, index) => experiment(index + 1, { outcome }));
  const told = sightingsOf(rows, SOURCE).map(({ outcome, effect }) => [outcome, effect]);
  expect(Object.fromEntries(told)).toEqual({
    keep: 'helped',
    provisional: 'promising',
    discard: 'not_kept',
    crash: 'failed',
    timeout: 'failed',
    out_of_memory: 'failed',
    no_metric: 'failed',
    not_finite: 'failed',
    diverged: 'failed',
    guard_failed: 'failed',
  });
});

test('neither the baseline nor a promotion nor a row without an idea is a lesson', () => {
  const rows = [experiment(0), experiment(1, { proposer: PROMOTION }), experiment(2, { idea: ' ' })];
  expect(sightingsOf(rows, SOURCE)).toEqual([]);
});

test('nothing that a holdout said is remembered', () => {
  const canary = 'deadbeef'.repeat(8);
  const reason = withWord('better by 0.1', {
    kind: 'keep',
    verdict: 'pays',
    record: canary,
    reason: null,
    left: null,
  });
  const kept = experiment(1, { outcome: 'keep', reason });
  const refused = experiment(2, { outcome: 'unconfirmed', reason });
  const said = sightingsOf([kept, refused], SOURCE);
  expect(said).toHaveLength(1);
  expect(JSON.stringify(said)).not.toMatch(/deadbeef|holdout|pays/);
  expect(said[0]?.evidence).toBe('better by 0.1');
});

test('an idea is the same with other numbers, and another where a number goes the other way', () => {
  expect(ideaTheme('LR 0.1 → 0.2 in train.py')).toBe(ideaTheme('lr 0.3 -> 1e0  in train.py'));
  expect(ideaTheme('LR 0.1 → 0.2 in train.py')).not.toBe(ideaTheme('LR 0.1 → 0.05 in train.py'));
  expect(ideaTheme('change lr from 0.1 to 0.2')).toBe(ideaTheme('change lr from 1 to 2'));
  expect(ideaTheme('use 3 layers')).toBe(ideaTheme('use 4 layers'));
});

test('a task says what is read and written; without a word both are, of this task alone', () => {
  expect(memoryOf(taskWith())).toEqual({ read: true, write: true, halfLifeDays: 30, from: ['toy'] });
  expect(memoryOf(taskWith({ memory: 'off' }))).toMatchObject({ read: false, write: false });
  expect(memoryOf(taskWith({ memory: { write: false, from: ['k-*'] } }))).toMatchObject({
    read: true,
    write: false,
    from: ['k-*'],
  });
});

test('a loop below another leaves no lessons, nor does one of an ablation or one whose task says so', () => {
  const input = loopInput('toy/one', taskWith());
  expect(lessonSource(input)).toEqual(SOURCE);
  for (const loop of ['outer/x/1-candidate-0/toy.0', 'ablation/a1/toy/A.0'])
    expect(lessonSource({ ...input, loop })).toBeNull();
  for (const memory of ['off', { write: false }] as const)
    expect(lessonSource({ ...input, task: taskWith({ memory }) })).toBeNull();
});

test('words to search by are plain words, so that no text is a query of its own', () => {
  const text = "learningRate | !x:* & 'drop' <-> train_it.py 42";
  expect(searchWords([text, 'Learning'])).toEqual(['learning', 'rate', 'drop', 'train', 'it', 'py']);
  expect(searchWords([Array.from({ length: 99 }, (_, i) => `w${String(i)}`).join(' ')])).toHaveLength(48);
});

test('the changes of a branch that was promoted are kept ones, by their own ideas', () => {
  const past = [
    experiment(1, { outcome: 'provisional', idea: 'warm up' }),
    experiment(2, { outcome: 'provisional', idea: 'dropped' }),
    experiment(3, { outcome: 'provisional', idea: 'widen' }),
  ];
  const verdict = { rule: 'branch+promote', options: {}, evidence: { promoted: ['1', '3'] } };
  const reason = withWord('better', {
    kind: 'promotion',
    verdict: 'pays',
    record: null,
    reason: null,
    left: null,
  });
  const row = experiment(4, { outcome: 'keep', proposer: PROMOTION, reason, verdict });
  expect([row, ...past].filter(isPromoted)).toEqual([row]);
  const told = promotedSightings(row, past, SOURCE);
  expect(told.map(({ idea, effect, experiment: number }) => [idea, effect, number])).toEqual([
    ['warm up', 'helped', 4],
    ['widen', 'helped', 4],
  ]);
  expect(told[0]?.evidence).toBe('promoted with 1 other change: better');
});
