import { expect, test } from 'vitest';
import { dollarsOf, mostTokens, priceOf } from '../../../../src/domain/proposers/prices.js';

test("a model is known with a vendor's prefix and with a date; an own price wins", () => {
  const plain = priceOf('gpt-4o-mini', {});
  expect(plain).not.toBeNull();
  expect(priceOf('openai/gpt-4o-mini-2024-07-18', {})).toEqual(plain);
  expect(priceOf('gpt-4o-mini', { 'gpt-4o-mini': { input: 1, output: 2 } })).toEqual({ input: 1, output: 2 });
  expect(priceOf('my-model', {})).toBeNull();
});

test('cached tokens cost less, unknown prices count as nothing', () => {
  const tokens = { input: 1_000_000, cached: 400_000, output: 100_000 };
  expect(dollarsOf({ input: 2, cachedInput: 0.5, output: 8 }, tokens)).toBeCloseTo(1.2 + 0.2 + 0.8, 12);
  expect(dollarsOf({ input: 2, output: 8 }, tokens)).toBeCloseTo(2.8, 12);
  expect(dollarsOf(null, tokens)).toBe(0);
});

test('the most that a call can use is three characters a token and the whole output', () => {
  expect(mostTokens(3001, 500)).toEqual({ input: 1001, cached: 0, output: 500 });
});
