import { describe, expect, test } from 'vitest';
import { tEvidence } from '../../../../src/domain/holdout/evidence.js';
import { pairedVerdict, type SequentialRule } from '../../../../src/domain/holdout/paired-verdict.js';
import {
  TAIL_TIMES,
  tailGuard,
  tailHolds,
  typicalDifference,
  unseenLoss,
} from '../../../../src/domain/holdout/tail.js';
import { random, type Random } from '../../../../src/domain/random.js';
import { normal } from '../../../support/normal.js';

const open: SequentialRule = {
  name: 'sequential',
  alpha: 0.05,
  eps: 0.02,
  least: 10,
  most: 60,
  worst: null,
};
const guarded: SequentialRule = { ...open, tail: tailGuard(null) };
const verdict = (gains: readonly number[], rule: SequentialRule): string =>
  pairedVerdict(gains, rule, tEvidence).verdict;
const even = (count: number): number[] => Array.from({ length: count }, (_, index) => 1 + (index % 3) / 10);

test('nothing pays before the thirtieth pair, while harm and nothing are said as early as ever', () => {
  expect([verdict(even(29), open), verdict(even(29), guarded), verdict(even(30), guarded)]).toEqual([
    'pays',
    'more',
    'pays',
  ]);
  expect(
    verdict(
      even(10).map((gain) => -gain),
      guarded,
    ),
  ).toBe('harmful');
});

test('one loss far beyond what is typical forbids `pays`, though t is sure', () => {
  const gains = [...even(59), -9.5];
  expect(verdict(gains, open)).toBe('pays');
  expect(verdict(gains, guarded)).toBe('undecided');
  expect(verdict([...even(59), -8], guarded)).toBe('pays');
});

test('a worst says instead what a pair may lose, and the thirty pairs stay', () => {
  const rule = { ...guarded, worst: -10, tail: tailGuard(-10) };
  expect(verdict([...even(59), -9.5], rule)).toBe('pays');
  expect(verdict([...even(59), -10.5], rule)).not.toBe('pays');
  expect(verdict(even(29), rule)).toBe('more');
});

test('a run of the candidate alone that fails is such a loss, whatever the guard', () => {
  const gains = [...even(59), -Infinity];
  expect([verdict(gains, open), verdict(gains, guarded)]).toEqual(['harmful', 'harmful']);
  expect(tailHolds(gains, guarded)).toBe(false);
});

test('typical is the median size of the differences that are any', () => {
  expect(typicalDifference([0, 0, 0, 0.1, -0.3, 0.2])).toBe(0.2);
  expect(typicalDifference([1, -3])).toBe(2);
  expect(typicalDifference([0, 0])).toBe(0);
  expect(TAIL_TIMES).toBe(8);
});

test('a record from before the guard is judged without one', () => {
  expect(tailHolds([1, -100], open)).toBe(true);
});

const RUNS = 400;
const pays = (name: string, draw: (stream: Random) => number, rule: SequentialRule): number => {
  let count = 0;
  for (let run = 0; run < RUNS; run++) {
    const stream = random('tail', name, run);
    const gains: number[] = [];
    let said = 'more';
    while (said === 'more') {
      gains.push(draw(stream));
      said = verdict(gains, rule);
    }
    if (said === 'pays') count++;
  }
  return count / RUNS;
};
const error = (p: number): number => 3 * Math.sqrt((p * (1 - p)) / RUNS);

describe('a change that loses rarely and much', () => {
  test.each([
    { share: 0.03, loss: -9, before: 0.6 },
    { share: 0.07, loss: -0.8, before: 0.35 },
  ])('$loss on $share of the instances is told to pay as often as no loss is drawn', (trap) => {
    const draw = (stream: Random): number =>
      stream.next() < trap.share ? trap.loss : 0.05 + 0.02 * normal(stream);
    const unseen = unseenLoss(trap.share, 30);
    expect(pays('rare', draw, { ...open, eps: 0.01, most: 40 })).toBeGreaterThan(trap.before);
    expect(pays('rare', draw, guarded)).toBeLessThanOrEqual(unseen + error(unseen));
  });
});

test('a plain gain of .10 at a spread of .15 loses next to no power by the guard', () => {
  const draw = (stream: Random): number => 0.1 + 0.15 * normal(stream);
  const late = { ...open, least: 30 };
  expect(pays('plain', draw, guarded)).toBeGreaterThan(pays('plain', draw, late) - 0.03);
});
