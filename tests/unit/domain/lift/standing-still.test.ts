import { expect, test } from 'vitest';
import { findCycle } from '../../../../src/domain/lift/cycle.js';
import { isEquivalent } from '../../../../src/domain/lift/equivalence.js';
import { grounding, stillness } from '../../../../src/domain/lift/fixed-point.js';
import { draws, times } from '../../../support/draws.js';

const around = (mean: number, sd = 0.01): number[] => {
  const { normal } = draws('around', mean, sd);
  return times(48, () => mean + sd * normal());
};
const same = { dMech: 0.01, dConf: 0.01, d: around(0) };

test('delusion: a system that maps to itself and gains nothing on fresh tasks is a stable hallucination', () => {
  expect(stillness([same, same])).toBe('fixed');
  expect(grounding(around(0))).toBe('stable-hallucination');
  expect(grounding(around(-0.1))).toBe('stable-hallucination');
});

test('control: the same fixed point that beats the base on fresh tasks is grounded', () => {
  expect(grounding(around(0.1))).toBe('grounded');
});

test('one still lift is not enough, and an earlier one does not count', () => {
  expect(stillness([same])).toBe('moving');
  expect(stillness([same, same, { ...same, d: around(0.1) }])).toBe('moving');
});

test('absence of evidence is not equivalence: too much noise is movement', () => {
  expect(stillness([same, { ...same, d: around(0, 0.5) }])).toBe('moving');
  expect(isEquivalent([0, 0], { epsEq: 0.02, alpha: 0.05, rule: 't', bound: 1 })).toBe(false);
  expect(isEquivalent([Number.NaN], { epsEq: 0.02, alpha: 0.05, rule: 't', bound: 1 })).toBe(false);
});

test('equal value with other behaviour is a plateau, with another configuration it moves', () => {
  const drifting = { ...same, dMech: 0.3 };
  expect(stillness([drifting, drifting])).toBe('plateau');
  expect(stillness([{ ...same, dConf: 0.2 }, same])).toBe('moving');
});

test('a cycle comes back after a journey', () => {
  const place = [0, 0.5, 1, 0];
  const distance = (a: number, b: number) => Math.abs((place[a] ?? 0) - (place[b] ?? 0));
  expect(findCycle(['a', 'b', 'c', 'a'], distance)).toEqual({ from: 0, to: 3 });
  expect(findCycle(['a', 'b', 'c', 'd'], distance)).toBeNull();
});

test('standing still is no cycle', () => {
  const near = () => 0.01;
  expect(findCycle(['a', 'a', 'a'], near)).toBeNull();
  expect(findCycle(['a', 'b', 'a'], near)).toBeNull();
  expect(findCycle([], near)).toBeNull();
});
