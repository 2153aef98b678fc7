import { expect, test } from 'vitest';
import type { Incumbent } from '../../../../src/contract/incumbent.js';
import type { KnownCurve } from '../../../../src/contract/known-curve.js';
import { incumbentCurve, rememberCurve } from '../../../../src/domain/early-stop/known-curves.js';

const incumbent: Incumbent = { experiment: 0, commit: 'a', branchCommit: 'a', value: 1, n: 1 };
const run = (commit: string, curve: (number | null)[] | undefined, deviceClass = 'h100') => ({
  commit,
  deviceClass,
  status: 'ok' as const,
  course: curve === undefined ? {} : { curve },
});

test('runs of one commit are averaged, part by part', () => {
  const first = rememberCurve([], run('a', [4, null, 2]), incumbent);
  const then = rememberCurve(first, run('a', [2, 3]), incumbent);
  expect(incumbentCurve(then, incumbent, 'h100')).toEqual([3, 3, 2]);
  const third = rememberCurve(then, run('a', [6, 3, 5]), incumbent);
  expect(incumbentCurve(third, incumbent, 'h100')).toEqual([4, 3, 3]);
});

test('a curve of another device class is no curve at all', () => {
  const known = rememberCurve([], run('a', [4, 3], 'cpu'), incumbent);
  expect(incumbentCurve(known, incumbent, 'h100')).toEqual([]);
  const both = rememberCurve(known, run('a', [2, 1]), incumbent);
  expect(incumbentCurve(both, incumbent, 'h100')).toEqual([2, 1]);
  expect(incumbentCurve(both, incumbent, 'cpu')).toEqual([4, 3]);
});

test('a run that told no curve, or came to nothing, teaches none', () => {
  expect(rememberCurve([], run('a', undefined), incumbent)).toEqual([]);
  expect(rememberCurve([], run('a', []), incumbent)).toEqual([]);
  expect(rememberCurve([], { ...run('a', [1]), status: 'stopped_early' }, incumbent)).toEqual([]);
  expect(incumbentCurve(undefined, incumbent, 'h100')).toEqual([]);
  expect(incumbentCurve([], null, 'h100')).toEqual([]);
});

test('however many candidates come, what is remembered is bounded and the incumbent is among it', () => {
  let known: readonly KnownCurve[] = rememberCurve([], run('a', [4]), incumbent);
  for (let at = 0; at < 200; at++) known = rememberCurve(known, run(`c${String(at)}`, [at]), incumbent);
  expect(known.length).toBeLessThanOrEqual(33);
  expect(incumbentCurve(known, incumbent, 'h100')).toEqual([4]);
  expect(known.at(-1)?.commit).toBe('c199');
});
