import { expect, test } from 'vitest';
import { judge } from '../../../../src/domain/holdout/judge.js';
import { pairedVerdict, type SequentialRule } from '../../../../src/domain/holdout/paired-verdict.js';
import { tEvidence } from '../../../../src/domain/holdout/evidence.js';
import { random } from '../../../../src/domain/random.js';
import { normal } from '../../../support/normal.js';

const RULE: SequentialRule = { name: 'sequential', alpha: 0.05, eps: 0.02, least: 2, most: 60, worst: null };

const sequential = (draws: () => number, rule: SequentialRule): string => {
  const gains: number[] = [];
  for (;;) {
    gains.push(draws());
    const { verdict } = pairedVerdict(gains, rule, tEvidence);
    if (verdict !== 'more') return verdict;
  }
};

const share = (mean: number, verdict: string, rule = RULE): number => {
  const runs = 400;
  let count = 0;
  for (let run = 0; run < runs; run++) {
    const draw = random('judge', mean, run);
    if (sequential(() => mean + 0.15 * normal(draw), rule) === verdict) count++;
  }
  return count / runs;
};

test('a gain of nothing pays in less than one of a hundred, and one of exactly eps in few', () => {
  expect(share(0, 'pays')).toBeLessThanOrEqual(0.02);
  expect(share(0.02, 'pays')).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 400));
});

test('a gain of 0.1 at a spread of 0.15 pays in nine of ten, and one of 0.25 always', () => {
  expect(share(0.1, 'pays')).toBeGreaterThan(0.8);
  expect(share(0.25, 'pays')).toBe(1);
});

test('harm never pays', () => {
  expect(share(-0.08, 'pays')).toBe(0);
});

test('evidence of a single pair is none, and so is that of gains that are all nothing', () => {
  expect(tEvidence([])).toBe(0);
  expect(tEvidence([3])).toBe(0);
  expect(tEvidence([0, 0, 0])).toBe(0);
});

test('a pair that loses too much forbids `pays` under the guard, however good the others are', () => {
  const gains = [1, 1.1, 0.9, 1, 1.2, 1, 0.9, 1.1, 1, -0.6, 1, 1.1, 1.2, 1, 0.9, 1, 1, 1.1, 1, 1];
  const rule = { ...RULE, least: 20 };
  expect(pairedVerdict(gains, rule, tEvidence).verdict).toBe('pays');
  expect(pairedVerdict(gains, { ...rule, worst: -0.5 }, tEvidence).verdict).not.toBe('pays');
});

const pairs = (values: readonly (readonly [number | null, number | null])[]) =>
  values.map(([candidate, incumbent], seed) => ({ seed, candidate, incumbent }));

const verdictOf = (values: readonly (readonly [number | null, number | null])[], cut = false) =>
  judge({ pairs: pairs(values), direction: 'minimize', cut }, { ...RULE, most: 4 }, tEvidence).verdict;

test('a crash that the incumbent does not share ends it, one that it shares says nothing, its own alone is invalid', () => {
  expect(verdictOf([[null, 1]])).toBe('harmful');
  expect(
    verdictOf([
      [null, null],
      [null, null],
    ]),
  ).toBe('flat');
  expect(verdictOf([[1, null]])).toBe('invalid');
});

test('what was cut off is undecided, unless it was decided before', () => {
  expect(verdictOf([[1, 2]], true)).toBe('undecided');
  expect(verdictOf([[1, 2]])).toBe('more');
  expect(
    judge(
      {
        pairs: pairs([
          [1, 2],
          [1, 2],
          [1, 3],
        ]),
        direction: 'minimize',
        cut: true,
      },
      { name: 'ladder-free', z: 2, eps: 0 },
      tEvidence,
    ).verdict,
  ).toBe('undecided');
});

test('direction turns the verdict round', () => {
  const values = Array.from({ length: 8 }, (_, index) => [1 + index / 100, 2] as const);
  const rule = { ...RULE, least: 8, most: 8 };
  const of = (direction: 'minimize' | 'maximize') =>
    judge({ pairs: pairs(values), direction, cut: false }, rule, tEvidence).verdict;
  expect([of('minimize'), of('maximize')]).toEqual(['pays', 'harmful']);
});

const failed = (n: number) =>
  Array.from({ length: n }, (_, seed) => ({ seed, candidate: null, incumbent: null }));
const gained = (n: number) =>
  Array.from({ length: n }, (_, seed) => ({ seed, candidate: -0.3 - (seed % 3) * 0.02, incumbent: 0 }));
const measured = (all: Parameters<typeof judge>[0]['pairs']) =>
  ({ pairs: all, direction: 'minimize', cut: false }) as const;
const GUARDED = { ...RULE, least: 30, most: 40, leavesOut: 'both-failed' } as const;

test('pairs in which both failed taught nothing: ten gains are no thirty', () => {
  const verdict = (lost: number, won: number, rule: Parameters<typeof judge>[1] = GUARDED) =>
    judge(measured([...failed(lost), ...gained(won)]), rule, tEvidence).verdict;
  expect(verdict(20, 10)).toBe('more');
  expect(verdict(5, 30)).toBe('pays');
  const ladder = { name: 'ladder-free', z: 2, eps: 0.01, leavesOut: 'both-failed' } as const;
  expect([verdict(29, 1, ladder), verdict(22, 8, ladder)]).toEqual(['undecided', 'pays']);
});

test('a scorer that never runs makes a question invalid instead of flat', () => {
  expect(judge(measured(failed(10)), GUARDED, tEvidence).verdict).toBe('invalid');
  expect(judge(measured(failed(9)), GUARDED, tEvidence).verdict).toBe('more');
});

test('what was answered before failed pairs were left out is answered again', () => {
  const { leavesOut: _, ...before } = GUARDED;
  expect(judge(measured(failed(30)), before, tEvidence).verdict).toBe('flat');
});
