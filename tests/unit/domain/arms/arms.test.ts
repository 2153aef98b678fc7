import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bestFirst } from '../../../../src/domain/arms/best-first.js';
import { worseByFriedman } from '../../../../src/domain/arms/friedman.js';
import { firstRound, halve, halvingPulls, nextRound } from '../../../../src/domain/arms/halving.js';
import { hyperbandBrackets, nextRung } from '../../../../src/domain/arms/hyperband.js';
import { race } from '../../../../src/domain/arms/race.js';
import { ranks } from '../../../../src/domain/arms/ranks.js';
import { worseByT } from '../../../../src/domain/arms/worse-by-t.js';
import { NotFinite } from '../../../../src/domain/evidence/not-finite.js';
import { normals } from '../../../support/normals.js';

const table = (means: readonly number[], blocks: number, name: string) => {
  const normal = normals('arms', name);
  const shared = Array.from({ length: blocks }, () => 5 * normal());
  return means.map((mean) => shared.map((block) => mean + block + 0.3 * normal()));
};

describe('ranks', () => {
  test('ties share the mean of their ranks', () => {
    expect(ranks([3, 1, 3, 0])).toEqual([3.5, 2, 3.5, 1]);
  });

  test('the best come first and ties keep their order', () => {
    expect(bestFirst([0, 1, 2, 3], (arm) => [1, 5, 5, 0][arm] ?? 0)).toEqual([1, 2, 0, 3]);
  });
});

describe('tests of many arms', () => {
  const blocks = [
    [9, 5, 1],
    [8, 5.1, 1.4],
    [9.5, 4.9, 0.7],
    [9.1, 5.3, 1.1],
    [8.8, 5, 1.3],
    [9.2, 5.2, 0.9],
  ];

  test('Friedman with Conover’s post hoc finds both of the arms that lose every block', () => {
    expect(worseByFriedman(blocks, 0.05)).toEqual([1, 2]);
  });

  test('the paired t-test finds them too, against the best mean', () => {
    expect(worseByT(blocks, 0.05)).toEqual([1, 2]);
  });

  test('arms that differ in nothing are all alive', () => {
    const same = blocks.map(() => [1, 1, 1]);
    expect(worseByFriedman(same, 0.05)).toEqual([]);
    expect(worseByT(same, 0.05)).toEqual([]);
  });

  test('one block or one arm says nothing', () => {
    expect(worseByFriedman([[1, 9]], 0.05)).toEqual([]);
    expect(worseByT([[1, 9]], 0.05)).toEqual([]);
    expect(worseByFriedman([[1], [2]], 0.05)).toEqual([]);
    expect(worseByT([[1], [2]], 0.05)).toEqual([]);
  });

  test('Friedman looks at ranks, so a monotone change of the values changes nothing', () => {
    const values = fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 4, maxLength: 4 }), {
      minLength: 6,
      maxLength: 12,
    });
    fc.assert(
      fc.property(values, (rows) => {
        expect(
          worseByFriedman(
            rows.map((row) => row.map((x) => x ** 3)),
            0.2,
          ),
        ).toEqual(worseByFriedman(rows, 0.2));
      }),
    );
  });

  test.each([
    ['Friedman', worseByFriedman],
    ['t', worseByT],
  ] as const)('%s: of null tables no more than alpha lose an arm', (name, drop) => {
    const normal = normals('null arms', name);
    let dropped = 0;
    for (let i = 0; i < 1000; i++) {
      const rows = Array.from({ length: 8 }, () => Array.from({ length: 4 }, normal));
      if (drop(rows, 0.05).length > 0) dropped++;
    }
    expect(dropped / 1000).toBeLessThan(0.05 + 3 * 0.007);
  });
});

describe('race', () => {
  const options = { alpha: 0.05, firstTest: 5 } as const;

  test.each(['friedman', 't'] as const)('%s: bad arms are dropped and the best arm wins', (asked) => {
    const { alive, dropped } = race(table([0, 1, 0.2, -1], 30, asked), { ...options, test: asked });
    expect(alive).toEqual([1]);
    expect(dropped).toEqual([0, 2, 3]);
  });

  test('nothing is dropped before the fifth block, even if asked', () => {
    const matrix = table([0, 10, 5], 4, 'four');
    expect(race(matrix, { test: 'friedman', alpha: 0.05, firstTest: 1 })).toMatchObject({
      alive: [0, 1, 2],
      blocks: 4,
    });
    expect(race(table([0, 10, 5], 5, 'five'), { test: 't', alpha: 0.05, firstTest: 1 }).alive).toEqual([1]);
    expect(race(table([0, 10, 5], 5, 'five'), { test: 't', alpha: 0.05, firstTest: 6 }).alive).toHaveLength(
      3,
    );
  });

  test('a dropped arm needs no more values and never comes back', () => {
    const matrix = table([0, 3], 20, 'gone').map((row, arm) => (arm === 0 ? row.slice(0, 8) : row));
    const { alive, blocks } = race(matrix, { ...options, test: 't' });
    expect({ alive, blocks }).toEqual({ alive: [1], blocks: 20 });
  });

  test('a value that is no number is an error', () => {
    const matrix = table([0, 3], 6, 'nan');
    matrix[0]?.splice(2, 1, Number.NaN);
    expect(() => race(matrix, { ...options, test: 't' })).toThrow(NotFinite);
  });
});

describe('halving', () => {
  test('eight arms take three rounds of a third of the budget each', () => {
    expect([8, 4, 2].map((left) => halvingPulls(8, left, 48))).toEqual([2, 4, 8]);
  });

  test('the better half goes on, an odd one too', () => {
    const round = nextRound({ k: 5, budget: 30 }, [0, 1, 2, 3, 4], (arm) => arm);
    expect(round).toEqual({ arms: [4, 3, 2], pulls: 3 });
    expect(nextRound({ k: 2, budget: 30 }, [0, 1], (arm) => arm)).toBeNull();
  });

  test('it never pulls more than the budget', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 64 }), fc.integer({ min: 1, max: 5000 }), (k, budget) => {
        let round: ReturnType<typeof nextRound> = firstRound({ k, budget });
        let [pulls, rounds] = [0, 0];
        while (round !== null) {
          pulls += round.arms.length * round.pulls;
          rounds++;
          round = nextRound({ k, budget }, round.arms, (arm) => arm);
        }
        expect(pulls).toBeLessThanOrEqual(budget);
        expect(rounds).toBe(Math.ceil(Math.log2(k)));
      }),
    );
  });

  test('it ends with the best arm of a table', () => {
    expect(halve(table([0, 1, 0.5, 3, 2], 60, 'halving'), 120)).toBe(3);
    expect(halve([[1]], 10)).toBe(0);
    expect(() => halve([], 10)).toThrow(RangeError);
  });

  test('each round reads pulls of its own', () => {
    const lucky = [
      [9, 0, 0, 0, 0, 0],
      [1, 1, 1, 1, 1, 1],
      [0, 0, 0, 0, 0, 0],
      [-1, 0, 0, 0, 0, 0],
    ];
    expect(halve(lucky, 8)).toBe(1);
  });
});

describe('hyperband', () => {
  test('the brackets of R = 81, eta = 3 are those of the paper', () => {
    const brackets = hyperbandBrackets(81, 3);
    expect(brackets.map((bracket) => bracket.map(({ arms }) => arms))).toEqual([
      [81, 27, 9, 3, 1],
      [34, 11, 3, 1],
      [15, 5, 1],
      [8, 2],
      [5],
    ]);
    expect(brackets[0]?.map(({ fidelity }) => Math.round(fidelity))).toEqual([1, 3, 9, 27, 81]);
    expect(brackets.every((bracket) => bracket.at(-1)?.fidelity === 81)).toBe(true);
  });

  test('a power of eta that logarithms miss by a digit counts', () => {
    expect(hyperbandBrackets(1000, 10)).toHaveLength(4);
    expect(hyperbandBrackets(999, 10)).toHaveLength(3);
    expect(() => hyperbandBrackets(0.5, 3)).toThrow(RangeError);
    expect(() => hyperbandBrackets(9, 1)).toThrow(RangeError);
  });

  test('a rung takes as many of the best as it holds', () => {
    expect(nextRung({ arms: 2, fidelity: 3 }, [4, 5, 6], (arm) => arm)).toEqual([6, 5]);
  });
});
