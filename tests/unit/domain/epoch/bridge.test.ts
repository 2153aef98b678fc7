import { expect, test } from 'vitest';
import {
  bridge,
  BRIDGE_CLAUSES,
  bridgeNumbers,
  type BridgeScores,
} from '../../../../src/domain/epoch/bridge.js';
import { NotFinite } from '../../../../src/domain/evidence/not-finite.js';
import { kendall } from '../../../../src/domain/epoch/kendall.js';
import { draws, times } from '../../../support/draws.js';

/** Scores of m reference artifacts and the same after a change. */
const scores = (m: number, change: (score: number, i: number) => number): BridgeScores => {
  const old = times(m, (i) => (i + 1) / (m + 1));
  return { old, new: old.map(change) };
};
const noise = (m: number, sd: number): number[] => {
  const { normal } = draws('bridge', m, sd);
  return times(m, () => sd * normal());
};
/** 400 artifacts close together, each second one .02 up and the others down: no bias, other ranks. */
const scrambled: BridgeScores = (() => {
  const old = times(400, (i) => 0.4 + i / 2000);
  return { old, new: old.map((score, i) => score + (i % 2 === 0 ? 0.02 : -0.02)) };
})();

test('a version that scores the reference artifacts alike is equal', () => {
  const wobble = noise(60, 0.005);
  const verdict = bridge(scores(60, (score, i) => score + (wobble[i] ?? 0)));
  expect(verdict).toMatchObject({ artifacts: 60, verdict: 'equal' });
  expect(verdict.tau).toBeGreaterThan(0.9);
});

test('swap: a version that adds .03 to everything has drifted', () => {
  const wobble = noise(40, 0.02);
  expect(bridge(scores(40, (score, i) => score + 0.03 + (wobble[i] ?? 0))).verdict).toBe('drifted');
});

test('between proven equal and proven drifted it is unclear', () => {
  const wobble = noise(40, 0.05);
  expect(bridge(scores(40, (score, i) => score + (wobble[i] ?? 0))).verdict).toBe('unclear');
});

test.each([
  ['artifacts', scores(39, (score) => score)],
  ['bias', scores(40, (score) => score + 0.011)],
  ['ranks', scrambled],
] as const)('without the clause %s a bridge would be accepted that must not be', (clause, given) => {
  expect(bridge(given).verdict).not.toBe('equal');
  const numbers = bridgeNumbers(given);
  const left = BRIDGE_CLAUSES.filter(({ name }) => name !== clause);
  expect(left).toHaveLength(2);
  expect(left.every(({ holds }) => holds(numbers))).toBe(true);
});

test('Kendall’s tau counts agreeing pairs and leaves ties out', () => {
  expect(kendall([1, 2, 3], [1, 2, 3])).toBe(1);
  expect(kendall([1, 2, 3], [3, 2, 1])).toBe(-1);
  expect(kendall([1, 2, 3, 4], [1, 2, 4, 3])).toBeCloseTo(4 / 6, 12);
  expect(kendall([1, 1, 2], [1, 2, 3])).toBeCloseTo(2 / Math.sqrt(6), 12);
});

test('a bridge needs the same artifacts and numbers', () => {
  expect(() => bridge({ old: [1], new: [] })).toThrow(/same artifacts/);
  expect(() => bridge({ old: [1], new: [Number.NaN] })).toThrow(NotFinite);
  expect(bridge({ old: [], new: [] }).verdict).toBe('unclear');
});
