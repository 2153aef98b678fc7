import { expect, test } from 'vitest';
import { cpuDevicesFor } from '../../../src/cli/cpu-devices.js';
import type { Task } from '../../../src/contract/task-schema.js';

const task = (run: object): Pick<Task, 'run' | 'concurrency'> => ({
  run: run as Task['run'],
  concurrency: 3,
});

test('a machine makes a CPU device for each that runs hold at a time, and none for those that hold GPUs', () => {
  expect(cpuDevicesFor(task({ device: 'cpu' }))).toBe(3);
  expect(cpuDevicesFor(task({ device: ['h100', 'cpu'], devices: 4 }))).toBe(12);
  expect(cpuDevicesFor(task({ device: 'h100', devices: 4 }))).toBe(0);
});
