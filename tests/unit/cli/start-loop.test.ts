import { expect, test } from 'vitest';
import { budgetInWords } from '../../../src/cli/start-loop.js';

test('a budget of one is told in the singular, a larger one in the plural', () => {
  expect(budgetInWords({ experiments: 1, deviceHours: 1, tokens: 1 })).toBe(
    '1 experiment, 1 device hour, 1 token',
  );
  expect(budgetInWords({ experiments: 40, deviceHours: 0.5 })).toBe('40 experiments, 0.5 device hours');
  expect(budgetInWords({})).toBe('no limit');
});
