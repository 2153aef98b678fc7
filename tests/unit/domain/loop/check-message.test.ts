import { expect, test } from 'vitest';
import { checkMessage } from '../../../../src/domain/loop/check-message.js';
import { openState } from '../../../../src/domain/loop/open-state.js';
import { project } from '../../../../src/domain/method/project.js';
import { OPEN_STEERING } from '../../../../src/domain/steering/open-steering.js';
import type { LoopState } from '../../../../src/contract/loop.js';
import { taskWith } from '../../../support/loop-input.js';
import { methodWith } from '../../../support/method-files.js';

const running = { ...openState({ experiments: 5 }, 0), phase: 'running' as const };
const loop = (more: Partial<LoopState> = {}) => ({ state: { ...running, ...more }, input: {} });

test('only a mechanism that is there can be taken out, and only once', () => {
  expect(checkMessage(loop(), 'stopMechanism', {})).toBe('the loop has no mechanism');
  const mechanism = { name: 'toy', hash: '', source: '' };
  const { policy } = project(methodWith({}), taskWith());
  const method = { ref: 'method', hash: '', policy: { ...policy, mechanism } };
  expect(checkMessage({ state: running, input: { method } }, 'stopMechanism', {})).toBeNull();
  const record = { ...OPEN_STEERING.record, faults: ['stopped by hand'] };
  const state = { ...running, steering: { ...OPEN_STEERING, record } };
  expect(checkMessage({ state, input: { method } }, 'stopMechanism', {})).toBe(
    'its mechanism is out already: stopped by hand',
  );
});

test('a loop that is over takes no messages', () => {
  expect(checkMessage(loop({ phase: 'done' }), 'pause', {})).toBe('the loop is over');
});

test('only a paused loop can be resumed', () => {
  expect(checkMessage(loop(), 'resume', {})).toBe("the loop isn't paused, it is running");
  expect(checkMessage(loop({ phase: 'paused' }), 'resume', {})).toBeNull();
});

test('a budget must name known limits with positive numbers', () => {
  expect(checkMessage(loop(), 'setBudget', { budget: {} })).toBe('name at least one limit');
  expect(checkMessage(loop(), 'setBudget', { budget: { dollars: -1 } })).toContain('positive number, got -1');
  expect(checkMessage(loop(), 'setBudget', { budget: { dollars: 2 } })).toBeNull();
});

test('a hint has an upper length', () => {
  expect(checkMessage(loop(), 'steer', { hint: 'x'.repeat(2001) })).toContain('2000 characters');
});
