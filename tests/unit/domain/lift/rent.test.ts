import { expect, test } from 'vitest';
import { mayLift, rent } from '../../../../src/domain/lift/rent.js';
import { draws, times } from '../../../support/draws.js';

/** Values of 48 tasks after each lift with these gains. */
const climbing = (gains: readonly number[], sd = 0.05): number[][] => {
  const { normal } = draws('climb', gains.length, gains[0] ?? 0);
  const climb = [times(48, () => 0)];
  for (const gain of gains) climb.push((climb.at(-1) ?? []).map((value) => value + gain + sd * normal()));
  return climb;
};

test('fewer lifts than a rent period are in grace', () => {
  expect(rent(climbing([]))).toMatchObject({ rent: 'grace', keep: 0 });
  expect(rent(climbing([-0.5, -0.5]))).toMatchObject({ rent: 'grace', keep: 2 });
});

test('three lifts may earn together what none of them earns alone', () => {
  const climb = climbing([0.02, 0.02, 0.02], 0.03);
  expect(rent(climb)).toEqual({ rent: 'paid', verdict: 'pays', keep: 3 });
  expect(rent(climb.slice(0, 2), {}, 1)).toMatchObject({ rent: 'unpaid' });
});

test('a decorative tower stops at the first opportunity and goes back to where it began', () => {
  for (const gain of [0, -0.1])
    expect(rent(climbing([gain, gain, gain]))).toMatchObject({ rent: 'unpaid', keep: 0 });
});

test('rent looks three lifts back and no further: old gains don’t pay for new lifts', () => {
  const climb = climbing([0.3, 0.3, 0.3, 0, 0, 0]);
  expect(rent(climb)).toMatchObject({ rent: 'unpaid', keep: 3 });
  expect(rent(climb.slice(0, 4))).toMatchObject({ rent: 'paid' });
});

test('undecided is unpaid: no climbing on hope', () => {
  expect(rent(climbing([0.03, 0.03, 0.03], 0.3))).toMatchObject({ rent: 'unpaid', verdict: 'undecided' });
});

test('a tower is lifted one level at a time, and past a level only where its rent is paid', () => {
  expect(mayLift(0, 1, [])).toBe(true);
  expect(mayLift(0, 2, ['paid', 'unpaid'])).toBe(false);
  expect(mayLift(0, 2, ['paid', 'grace'])).toBe(false);
  expect(mayLift(0, 3, ['paid', 'paid', 'paid'])).toBe(true);
  expect(mayLift(2, 2, ['paid', 'paid', 'paid'])).toBe(false);
  expect(mayLift(2, 1, ['paid', 'paid', 'paid'])).toBe(false);
});

test('rent needs a base system and the same tasks', () => {
  expect(() => rent([])).toThrow(/base system/);
  expect(() => rent([[0, 0], [0], [0], [0]])).toThrow(/same tasks/);
});
