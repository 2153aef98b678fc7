import { expect, test } from 'vitest';
import { checkMessage } from '../../../../src/domain/loop/check-message.js';
import { openState } from '../../../../src/domain/loop/open-state.js';

const running = { ...openState({ experiments: 5 }, 0), phase: 'running' as const };

test('a loop that is over takes no messages', () => {
  expect(checkMessage({ ...running, phase: 'done' }, 'pause', {})).toBe('the loop is over');
});

test('only a paused loop can be resumed', () => {
  expect(checkMessage(running, 'resume', {})).toBe("the loop isn't paused, it is running");
  expect(checkMessage({ ...running, phase: 'paused' }, 'resume', {})).toBeNull();
});

test('a budget must name known limits with positive numbers', () => {
  expect(checkMessage(running, 'setBudget', { budget: {} })).toBe('name at least one limit');
  expect(checkMessage(running, 'setBudget', { budget: { dollars: -1 } })).toContain(
    'positive number, got -1',
  );
  expect(checkMessage(running, 'setBudget', { budget: { dollars: 2 } })).toBeNull();
});

test('a hint has an upper length', () => {
  expect(checkMessage(running, 'steer', { hint: 'x'.repeat(2001) })).toContain('2000 characters');
});
