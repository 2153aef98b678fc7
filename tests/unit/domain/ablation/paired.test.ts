import { expect, test } from 'vitest';
import { paired } from '../../../../src/domain/ablation/paired.js';
import { signFlip } from '../../../../src/domain/ablation/sign-flip.js';

test("Student's sleep data give the published mean, interval and effect", () => {
  // Student 1908: extra sleep of ten patients under two drugs
  const d = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4];
  const said = paired(d);
  expect(said.mean).toBeCloseTo(1.58, 10);
  expect(said.interval?.low).toBeCloseTo(0.7001142, 6);
  expect(said.interval?.high).toBeCloseTo(2.4598858, 6);
  expect(said.effect).toBeCloseTo(1.28456, 4);
  expect([said.wins, said.ties, said.losses]).toEqual([9, 1, 0]);
  // no sign but the tied one's can be turned without lowering the sum: 2 · 2 of 2^10
  expect(said.p).toBe(4 / 1024);
});

test('signs of which every other choice is milder leave two in 2^n', () => {
  expect(signFlip([1, 2, 3])).toBe(2 / 8);
  expect(signFlip([-1, -2, -3])).toBe(2 / 8);
  expect(signFlip([0.1, 0.2, -0.3])).toBe(1);
  expect(signFlip([])).toBe(1);
});

test('beyond sixteen pairs the choices are drawn, and the same come out each time', () => {
  const d = Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? -1 : 1));
  const p = signFlip(d);
  // the chance of a walk of 30 steps to end 10 or more from where it began
  expect(p).toBeGreaterThan(0.09);
  expect(p).toBeLessThan(0.11);
  expect(signFlip(d)).toBe(p);
});

test('differences that do not vary have no effect size, or none at all where they are 0', () => {
  expect(paired([0.1, 0.1, 0.1]).effect).toBeNull();
  expect(paired([0, 0]).effect).toBe(0);
  expect(paired([0.5]).interval).toBeNull();
});

test('the pairs for 80 % power are those of the usual tables', () => {
  // d = .5 takes 34 pairs
  const d = [0.5 - Math.SQRT1_2, 0.5 + Math.SQRT1_2];
  expect(paired(d).needed).toBe(34);
});
