import { expect, test } from 'vitest';
import type { RunReport, RunRequest } from '../../../../src/contract/run-schema.js';
import { taskSchema } from '../../../../src/contract/task-schema.js';
import { runRecord } from '../../../../src/domain/loop/experiment-row.js';
import { devicesOf, runCost } from '../../../../src/domain/loop/run-cost.js';
import { childCap } from '../../../../src/domain/research/child-budget.js';
import { okReport } from '../../../support/ok-report.js';

const task = (run: object) =>
  taskSchema.parse({
    name: 't',
    editable: ['train.py'],
    run: { command: 'torchrun --nproc-per-node=$AUTOLIFT_DEVICES train.py', budget: '5m', ...run },
    measure: { metric: { name: 'loss', direction: 'minimize' } },
    proposer: { kind: 'mutate' },
  });

test('a run costs its budget once for each device that it holds', () => {
  expect(devicesOf(task({}))).toBe(1);
  expect(runCost(task({}))).toBe(300);
  expect(runCost(task({ devices: 8 }))).toBe(2400);
  expect(childCap(task({ devices: 8 }), 3, 0)).toBe(8 * childCap(task({}), 3, 0));
});

test.each([0, 1.5, 257, -1])('%d devices are no number of devices', (devices) => {
  expect(() => task({ devices })).toThrow();
});

test('the ledger counts the time of every device that a run held, and keeps what they told', () => {
  const request = { role: 'candidate', device: 'h100', devices: 8, source: { commit: 'c' }, seed: 1 };
  const facts = { driver: '550.54.15', peakDeviceMemoryBytes: 2 ** 36 };
  const report: RunReport = {
    ...okReport(request as RunRequest, 1),
    seconds: { prepare: 1, run: 300, measure: 9, guards: 0 },
    device: { class: 'h100', name: '8 x NVIDIA H100 80GB HBM3', id: 'GPU-a,GPU-b', host: 'one', facts },
  };
  const record = runRecord(request as RunRequest, report, 0);
  expect(record.deviceSeconds).toBe(2480);
  expect(record.device.facts).toEqual(facts);
});
