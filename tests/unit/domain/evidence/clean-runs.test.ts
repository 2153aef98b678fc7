import { expect, test } from 'vitest';
import {
  cleanRunsNeeded,
  crashRateBound,
  crashRateInWords,
} from '../../../../src/domain/evidence/clean-runs.js';

test('clean runs follow the rule of three', () => {
  expect(cleanRunsNeeded(0.01)).toBe(299);
  expect(cleanRunsNeeded(0.5)).toBe(5);
  expect(0.99 ** cleanRunsNeeded(0.01)).toBeLessThanOrEqual(0.05);
  expect(0.99 ** (cleanRunsNeeded(0.01) - 1)).toBeGreaterThan(0.05);
  expect(() => cleanRunsNeeded(0)).toThrow(RangeError);
  expect(() => cleanRunsNeeded(1)).toThrow(RangeError);
});

test('two clean runs leave a crash rate of 78 % possible', () => {
  expect(crashRateBound({ runs: 2, crashes: 0 })).toBeCloseTo(1 - Math.sqrt(0.05), 12);
  expect(crashRateInWords({ runs: 2, crashes: 0 })).toBe(
    '0 crashes in 2 runs: a crash rate up to 78 % is not excluded at 95 %',
  );
});

test.each([0.5, 0.1, 0.01])('as many clean runs as are needed to exclude %f do exclude it', (prevalence) => {
  const runs = cleanRunsNeeded(prevalence);
  expect(crashRateBound({ runs, crashes: 0 })).toBeLessThanOrEqual(prevalence);
  expect(crashRateBound({ runs: runs - 1, crashes: 0 })).toBeGreaterThan(prevalence);
});

test('with crashes it is the rate at which so few of them are a matter of 5 %', () => {
  const rate = crashRateBound({ runs: 20, crashes: 1 });
  const atMostOne = (1 - rate) ** 20 + 20 * rate * (1 - rate) ** 19;
  expect(atMostOne).toBeCloseTo(0.05, 9);
  expect(crashRateBound({ runs: 3, crashes: 3 })).toBe(1);
  expect(crashRateInWords({ runs: 20, crashes: 1 })).toMatch(/^1 crash in 20 runs: a crash rate up to 22 %/);
});
