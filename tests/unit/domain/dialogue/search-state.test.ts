import { expect, test } from 'vitest';
import type { Outcome } from '../../../../src/contract/outcome.js';
import { childTrace, stuckStreaks } from '../../../../src/domain/dialogue/child-trace.js';
import { perTask, searchState, type StudyRow } from '../../../../src/domain/dialogue/search-state.js';

const child = (outcomes: Outcome[]) =>
  outcomes.map((outcome, at) => ({
    experiment: at,
    outcome,
    value: at,
    idea: at % 2 === 0 ? 'raise lr' : 'something else',
  }));

const study = (row: Partial<StudyRow> = {}): StudyRow => ({
  experiment: 1,
  outcome: 'discard',
  value: 0.3,
  idea: 'tabu',
  reason: 'flat',
  measurements: [
    { role: 'candidate', index: 0, metrics: { 'u/sine.0': 0.2, 'u/sine.1': 0.4, 'cost/sine.0': 9 } },
    { role: 'incumbent', index: 0, metrics: { 'u/sine.0': 0.9 } },
  ],
  ...row,
});

test('u of each task is the mean of the candidate, not of what it was compared with', () => {
  expect([...perTask(study())]).toEqual([['sine', expect.closeTo(0.3, 12)]]);
});

test('streaks without a keep are counted: the longest, and the one at the end', () => {
  const rows = child(['keep', 'discard', 'crash', 'discard', 'keep', 'discard']);
  expect(stuckStreaks(rows)).toEqual({ longest: 3, last: 1 });
});

test('a trace tells u, keeps, streaks and what was repeated', () => {
  const text = childTrace({
    name: 'sine.0',
    u: 0.25,
    rows: child(['keep', 'discard', 'discard', 'keep', 'discard']),
  });
  expect(text.split('\n')[0]).toBe(
    'sine.0: u 0.250; 4 verdicts, keeps #3; longest streak without a keep 2, at the end 1; repeated something else ×2, raise lr ×2',
  );
  expect(text).toContain('  #4 discard 4 raise lr');
});

test('what the holdout said is told neither by an outcome nor by a reason', () => {
  const rows = [study({ outcome: 'unconfirmed', reason: 'pays; holdout: flat (record abcdef)' })];
  const traces = [{ name: 'sine.0', u: 0, rows: child(['keep', 'unconfirmed']) }];
  const text = searchState(rows, traces);
  expect(text).toContain('#1 discard (u: sine 0.300): tabu — pays');
  expect(text).not.toMatch(/holdout|unconfirmed|record/);
});
