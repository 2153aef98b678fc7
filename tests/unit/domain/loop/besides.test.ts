import { expect, test } from 'vitest';
import { besides } from '../../../../src/domain/loop/besides.js';
import { openState } from '../../../../src/domain/loop/open-state.js';
import { outOfTime } from '../../../../src/domain/loop/stop-reason.js';
import { taskWith } from '../../../support/loop-input.js';

const task = taskWith({ run: { command: 'true', budget: 100 }, budget: { deviceHours: 600 / 3600 } });
const state = {
  ...openState(task.budget, 0),
  spent: { experiments: 1, deviceSeconds: 450, dollars: 0, tokens: 0 },
};

test('what others have reserved is not there for one more run', () => {
  expect(outOfTime(besides(state, []), task, 0)).toBeNull();
  expect(outOfTime(besides(state, [{ deviceSeconds: 50 }]), task, 0)).toBeNull();
  expect(outOfTime(besides(state, [{ deviceSeconds: 51 }]), task, 0)).toMatch(/^budget spent/);
  expect(state.spent.deviceSeconds).toBe(450);
});
