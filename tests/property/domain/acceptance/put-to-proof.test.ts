import { expect, test } from 'vitest';
import fc from 'fast-check';
import { putToProof } from '../../../../src/domain/acceptance/put-to-proof.js';
import { random } from '../../../../src/domain/random.js';
import { mean } from '../../../../src/domain/statistics.js';
import type { Direction } from '../../../../src/domain/score.js';

const prove = (gains: readonly number[], direction: Direction = 'maximize') => {
  const sign = direction === 'maximize' ? 1 : -1;
  const at = (values: readonly number[]) => values.map((value, index) => ({ index, value: sign * value }));
  const runs = at(gains.map(() => 0));
  const proven = { commit: 'b', standing: { value: 0, n: 3 }, runs };
  const compared = { direction, incumbent: at(gains), failed: new Set<number>(), needed: 0, alpha: 0.05 };
  return putToProof(proven, compared);
};

const gains = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 10 });

test('what is no better on average is never proven, and directions mirror each other', () => {
  fc.assert(
    fc.property(gains, (found) => {
      const { holds } = prove(found);
      if (mean(found) <= 0) expect(holds).toBe(false);
      expect(prove(found, 'minimize').holds).toBe(holds);
    }),
  );
});

test('a proven keep stays proven when all of its runs get better by as much', () => {
  const near = fc.array(fc.integer({ min: 50, max: 150 }), { minLength: 5, maxLength: 10 });
  fc.assert(
    fc.property(near, fc.integer({ min: 0, max: 1000 }), (found, bonus) => {
      if (prove(found).holds) expect(prove(found.map((one) => one + bonus)).holds).toBe(true);
    }),
  );
});

test('of copies with noise at most alpha are taken for proven', () => {
  const draws = random('copies', 1);
  const normal = () => Math.sqrt(-2 * Math.log(1 - draws.next())) * Math.cos(2 * Math.PI * draws.next());
  const copies = 4000;
  let proven = 0;
  for (let copy = 0; copy < copies; copy++) if (prove(Array.from({ length: 10 }, normal)).holds) proven++;
  expect(proven / copies).toBeLessThanOrEqual(0.05);
});

test('coins that look better in half of their runs are hardly ever taken for proven', () => {
  const draws = random('coins', 1);
  const coins = 4000;
  let proven = 0;
  for (let coin = 0; coin < coins; coin++)
    if (prove(Array.from({ length: 10 }, () => (draws.next() < 0.5 ? 0.1 : -4))).holds) proven++;
  expect(proven / coins).toBeLessThan(0.004);
});
