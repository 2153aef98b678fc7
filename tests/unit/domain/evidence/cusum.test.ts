import { expect, test } from 'vitest';
import { CUSUM_THRESHOLD, cusumStep } from '../../../../src/domain/evidence/cusum.js';
import { NotFinite } from '../../../../src/domain/evidence/not-finite.js';
import { normals } from '../../../support/normals.js';

test('a sum below zero is forgotten, so that a long calm doesn’t hide a change', () => {
  expect(cusumStep(-5, 1).sum).toBe(1);
  expect(cusumStep(2, -0.5).sum).toBe(1.5);
});

test('it alarms at the threshold itself, ln 200 unless told otherwise', () => {
  expect(cusumStep(0, CUSUM_THRESHOLD).alarm).toBe(true);
  expect(cusumStep(0, CUSUM_THRESHOLD - 1e-9).alarm).toBe(false);
  expect(cusumStep(0, Math.log(20), Math.log(20)).alarm).toBe(true);
});

test('evidence that is not a number is an error, certain evidence against a change is not', () => {
  expect(() => cusumStep(0, Number.NaN)).toThrow(NotFinite);
  expect(cusumStep(3, Number.NEGATIVE_INFINITY)).toEqual({ sum: Number.NEGATIVE_INFINITY, alarm: false });
});

test('while nothing changes it runs for 20 steps and more on average before it alarms at ln 20', () => {
  const normal = normals('cusum');
  let steps = 0;
  for (let run = 0; run < 500; run++) {
    let sum = 0;
    for (;;) {
      steps++;
      const step = cusumStep(sum, normal() - 0.5, Math.log(20));
      if (step.alarm) break;
      sum = step.sum;
    }
  }
  expect(steps / 500).toBeGreaterThan(20);
});
