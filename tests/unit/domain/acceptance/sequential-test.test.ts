import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { taskSchema } from '../../../../src/contract/task-schema.js';
import type { Question } from '../../../../src/domain/acceptance/decide.js';
import { sequentialTest } from '../../../../src/domain/acceptance/sequential-test.js';
import { taskWith } from '../../../support/loop-input.js';

type Options = NonNullable<z.input<typeof taskSchema>['acceptance']>;

describe('what the test knows of the noise', () => {
  const testWith = (noise: Question['noise'], options: Partial<Options> = {}) =>
    sequentialTest(
      { direction: 'minimize', candidate: [], incumbent: [], standing: { value: 10, n: 1 }, noise },
      taskWith({ acceptance: { rule: 'sprt', ...options } }).acceptance,
    );

  test('nine degrees of freedom are enough for z, eight are not', () => {
    expect(testWith({ sigma: 1, n: 10 }).process).toBe('z');
    expect(testWith({ sigma: 1, n: 9 }).process).toBe('t');
    expect(testWith({ sigma: 1, n: 9 }, { evidence: 'mz' }).process).toBe('t');
    expect(testWith({ sigma: 1, n: 9 }, { evidence: 'sign' }).process).toBe('sign');
  });

  test('without noise nothing is futile, and a bet needs a bound of its own', () => {
    for (const noise of [null, { sigma: 0, n: 1 }, { sigma: 1, n: 1 }]) {
      expect(testWith(noise)).toMatchObject({ process: 't', beta: null });
      expect(testWith(noise, { evidence: 'bet' }).process).toBe('t');
      expect(testWith(noise, { evidence: 'bet', bound: 7 })).toMatchObject({
        process: 'bet',
        options: { bound: 7 },
      });
    }
  });

  test('the noise of a pair counts both runs and their correlation', () => {
    expect(testWith({ sigma: 1, n: 10 }).options.sd).toBeCloseTo(Math.SQRT2, 12);
    expect(testWith({ sigma: 1, n: 10, rho: 0.5 }).options.sd).toBeCloseTo(1, 12);
    expect(testWith({ sigma: 1, n: 10, rho: 0.5 }, { evidence: 'bet' }).options.bound).toBeCloseTo(4, 12);
  });

  test('the gain looked for is mde, else minEffect, and never below half the noise of a pair', () => {
    const noise = { sigma: 1, n: 10, rho: 0.5 };
    expect(testWith(noise).options.delta).toBeCloseTo(0.5, 12);
    expect(testWith(noise, { minEffect: 2 }).options.delta).toBe(2);
    expect(testWith(noise, { minEffect: 2, mde: 3 }).options.delta).toBe(3);
    expect(testWith(noise, { mde: '20%' }).options.delta).toBe(2);
    expect(testWith(noise, { mde: 0.1 }).options.delta).toBeCloseTo(0.5, 12);
  });
});
