import { expect, test } from 'vitest';
import { machineNotices, takenNotices } from '../../../src/cli/machine-notices.js';
import { OTHER_VARIABLES } from '../../../src/embedded/index.js';
import { taskWith } from '../../support/loop-input.js';

const quiet = { cpuDevices: 4, notices: [] };

test('more candidates at a time than cores is said in one line', () => {
  const said = machineNotices(taskWith({ concurrency: 4 }), quiet, 2);
  expect(said).toEqual(['concurrency 4 on 2 cores: runs slow each other down, and timing metrics suffer']);
  expect(machineNotices(taskWith({ concurrency: 2 }), quiet, 2)).toEqual([]);
});

test('nothing is said of cores where candidates run elsewhere', () => {
  expect(machineNotices(taskWith({ concurrency: 4 }), { cpuDevices: 0, notices: [] }, 2)).toEqual([]);
  const task = taskWith({ concurrency: 4, run: { command: 'true', device: 'h100' } });
  expect(machineNotices(task, quiet, 2)).toEqual([]);
});

test('variables that the workers have from another terminal concern only who uses a model or an agent', () => {
  const machine = { cpuDevices: 2, notices: [OTHER_VARIABLES] };
  expect(machineNotices(taskWith({ proposer: { kind: 'mutate' } }), machine, 2)).toEqual([]);
  const model = taskWith({ proposer: [{ kind: 'mutate' }, { kind: 'openai', model: 'm' }] });
  expect(machineNotices(model, machine, 2)).toEqual([OTHER_VARIABLES]);
});

test('variables that running loops were given are named, with the way back', () => {
  expect(takenNotices({ taken: [] })).toEqual([]);
  expect(takenNotices({ taken: ['OPENAI_BASE_URL'] })).toEqual([
    expect.stringMatching(/every running loop, now use this terminal's OPENAI_BASE_URL; .*`autolift up`/),
  ]);
});
