import { expect, test } from 'vitest';
import { asBudget, asksForMoney, moneyForChild } from '../../../../src/domain/research/money-for-child.js';
import { taskWith } from '../../../support/loop-input.js';

test('what is left is shared among the loops that have not begun, and a loop keeps its own smaller budget', () => {
  expect(moneyForChild({}, { dollars: 1, tokens: 1001 }, 4)).toEqual({ dollars: 0.25, tokens: 250 });
  expect(moneyForChild({ dollars: 0.1 }, { dollars: 1, tokens: Infinity }, 4)).toEqual({
    dollars: 0.1,
    tokens: Infinity,
  });
});

test('where nothing is bounded the budget says nothing', () => {
  expect(asBudget(moneyForChild({}, { dollars: Infinity, tokens: Infinity }, 3))).toEqual({});
  expect(asBudget({ dollars: 0, tokens: Infinity })).toEqual({ dollars: 0 });
});

test('only loops whose proposer asks somebody who is paid have a part', () => {
  expect(asksForMoney(taskWith({ proposer: { kind: 'mutate' } }))).toBe(false);
  expect(asksForMoney(taskWith({ proposer: [{ kind: 'mutate' }, { kind: 'openai', model: 'm' }] }))).toBe(
    true,
  );
});
