import { expect, test } from 'vitest';
import { decide, type Question } from '../../../../src/domain/acceptance/decide.js';
import {
  beginsAnew,
  isJudgedInPairs,
  MOST_ANEW,
  overtakenIn,
} from '../../../../src/domain/acceptance/overtaken.js';
import { acceptanceOf, measured } from '../../../support/recorded-loop.js';

const pair = (index: number, commit: string, [theirs, ours]: [number, number]) => [
  measured('incumbent', index, commit, theirs),
  measured('candidate', index, 'c2', ours),
];

/** Three pairs beside the base, while the metric was at 10; then c1 was kept. */
const before = [
  measured('candidate', 0, 'c2', 9),
  measured('incumbent', 0, 'base', 10),
  ...pair(1, 'base', [10, 9.1]),
  ...pair(2, 'base', [10.1, 9]),
];

const question = (rule: 'sprt' | 'paired-t' | 'confirm' | 'screen+sprt' | 'intensify'): Question => ({
  direction: 'minimize',
  acceptance: acceptanceOf({ rule, evidence: 't', n: 3, nmax: 20 }),
  measurements: before,
  candidate: 'c2',
  incumbent: { commit: 'c1', value: 9.8, n: 3 },
  noise: { sigma: 0.3, n: 10 },
});

const ask = (rule: Parameters<typeof question>[0], measurements = before) => {
  const overtaken = overtakenIn(measurements, 'c1');
  return decide({ ...question(rule), measurements, ...(overtaken === null ? {} : { overtaken }) });
};

test.each(['sprt', 'paired-t', 'confirm', 'screen+sprt', 'intensify'] as const)(
  'under %s pairs begin anew on fresh seeds once the incumbent has changed',
  (rule) => {
    const asked = ask(rule);
    expect(asked.decision).toBe('more');
    if (asked.decision !== 'more') return;
    expect(Math.min(...asked.candidate)).toBe(3);
    expect(Math.min(...asked.incumbent)).toBe(3);
  },
);

test('a metric that has drifted since does not hold old runs of the candidate against the new incumbent', () => {
  // the metric fell by 5 meanwhile: old runs of the candidate would lose by four beside any new one
  const since = [3, 4, 5, 6, 7, 8].flatMap((index) => pair(index, 'c1', [5 + index / 100, 4 + index / 90]));
  const verdict = ask('sprt', [...before, ...since]);
  expect(verdict).toMatchObject({ outcome: 'keep' });
  if (verdict.decision !== 'final') return;
  expect(verdict.reason).toContain('; judged anew since the incumbent changed, without 3 earlier pairs');
  expect(verdict.evidence.overtaken).toEqual({ from: 3, times: 1, pairs: 3 });
});

test('the first half of a pair, whichever it was, belongs to the incumbent of its time', () => {
  const half = [...before, measured('incumbent', 3, 'base', 10)];
  expect(overtakenIn(half, 'c1')).toEqual({ from: 4, times: 1, pairs: 4 });
  const other = [...before, measured('candidate', 3, 'c2', 9)];
  expect(overtakenIn(other, 'c1')).toEqual({ from: 4, times: 1, pairs: 3 });
});

test('beside one incumbent every pair counts, and so it does in records from before', () => {
  expect(overtakenIn(before, 'base')).toBeNull();
  expect(overtakenIn([...before, ...pair(0, 'c1', [5, 9])], 'c1')).toBeNull();
});

test('what comes back to the throne is measured anew too', () => {
  const runs = [...before, ...pair(3, 'c1', [5, 4]), ...pair(4, 'base', [5, 4])];
  expect(overtakenIn(runs, 'base')).toEqual({ from: 4, times: 2, pairs: 4 });
  expect(overtakenIn([...before, ...pair(3, 'c1', [5, 4])], 'base')).toEqual({ from: 4, times: 2, pairs: 4 });
});

test('pairs begin anew a few times only: then what it is worth is not known', () => {
  const often = (times: number) =>
    Array.from({ length: times }, (_, at) => pair(at + 1, `b${String(at)}`, [10, 9])).flat();
  const runs = (times: number) => [measured('candidate', 0, 'c2', 9), ...often(times)];
  expect(ask('sprt', runs(MOST_ANEW)).decision).toBe('more');
  expect(ask('sprt', runs(MOST_ANEW + 1))).toMatchObject({
    outcome: 'inconclusive',
    reason:
      'the incumbent changed 4 times while it was judged; judged anew since the incumbent changed, without 4 earlier pairs',
  });
});

test('no pairs are asked of single runs, of contests, and of a metric without noise', () => {
  const noisy = { noise: { sigma: 1, n: 10 } };
  expect(isJudgedInPairs(acceptanceOf({ rule: 'sprt' }), noisy)).toBe(true);
  expect(isJudgedInPairs(acceptanceOf({ rule: 'sprt' }), { noise: { sigma: 0, n: 3 } })).toBe(false);
  expect(isJudgedInPairs(acceptanceOf({ rule: 'strict' }), noisy)).toBe(false);
  expect(isJudgedInPairs(acceptanceOf({ rule: 'race' }), noisy)).toBe(false);
});

test('a lift begins anew on fresh runs beside another incumbent, and counts none of the earlier ones', () => {
  const run = (role: 'candidate' | 'incumbent', index: number, commit: string, u: number) => ({
    ...measured(role, index, commit, u),
    metrics: Object.fromEntries(
      Array.from({ length: 8 }, (_, at) => [`u/t.${String(at)}`, u + 0.01 * ((at + index) % 3)]),
    ),
  });
  const side = (index: number, commit: string, [theirs, ours]: [number, number]) => [
    run('incumbent', index, commit, theirs),
    run('candidate', index, 'c2', ours),
  ];
  const acceptance = acceptanceOf({ rule: 'lift', nmax: 4 });
  const old = [0, 1, 2].flatMap((index) => side(index, 'base', [0.1, 0.5]));
  const asked = (measurements: typeof old) =>
    decide({
      direction: 'maximize',
      acceptance,
      measurements,
      candidate: 'c2',
      incumbent: { commit: 'c1', value: 0.5, n: 1 },
      noise: null,
      ...(overtakenIn(measurements, 'c1') === null
        ? {}
        : { overtaken: overtakenIn(measurements, 'c1') as NonNullable<ReturnType<typeof overtakenIn>> }),
    });
  expect(beginsAnew(acceptance, { noise: null })).toBe(true);
  expect(beginsAnew(acceptanceOf({ rule: 'strict' }), { noise: null })).toBe(false);
  expect(asked(old)).toMatchObject({ decision: 'more', candidate: [3], incumbent: [3] });
  const since = [3, 4, 5, 6].flatMap((index) => side(index, 'c1', [0.5, 0.9]));
  expect(asked([...old, ...since])).toMatchObject({ outcome: 'keep' });
  expect(asked([...old, ...since.slice(0, 6)])).toMatchObject({ decision: 'more', candidate: [6] });
});
