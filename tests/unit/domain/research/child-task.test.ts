import { expect, test } from 'vitest';
import { project } from '../../../../src/domain/method/project.js';
import { onDeck } from '../../../../src/domain/loop/on-deck.js';
import { childTask } from '../../../../src/domain/research/child-task.js';
import { taskWith } from '../../../support/loop-input.js';
import { methodWith } from '../../../support/method-files.js';
import { mechanismSource } from '../../../support/mechanism-source.js';

const plain = methodWith({});
const steered = methodWith({ 'process/mechanism.js': mechanismSource() });

test('a loop with a mechanism and one without propose from verdicts of the same age', () => {
  const task = childTask(taskWith({ concurrency: 8 }), 10, 3);
  const [with_, without] = [steered, plain].map((method) => project(method, task).task.ahead);
  expect(with_).toBe(0);
  expect(without).toBe(0);
  expect(onDeck({ concurrency: 8, meanRunSeconds: 0.1, draining: false, ahead: without })).toBe(0);
});

test('what the task or the method says of proposals made ahead holds for all', () => {
  expect(project(steered, childTask(taskWith({ ahead: 3 }), 10, 3)).task.ahead).toBe(3);
  const asked = methodWith({ 'process/process.yaml': 'ahead: 2' });
  expect(project(asked, childTask(taskWith({}), 10, 3)).task.ahead).toBe(2);
});

test('a child loop has experiments and device time for a budget, and no wall clock', () => {
  const task = taskWith({ budget: { experiments: 500, wallClock: '60s', dollars: 2 } });
  expect(childTask(task, 10, 3).budget).toEqual({
    experiments: 10,
    dollars: 2,
    deviceHours: (21 * (2 * 10 + 10)) / 3600,
  });
});
