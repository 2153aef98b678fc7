import { expect, test } from 'vitest';
import { runRecord } from '../../../../src/domain/loop/experiment-row.js';
import { runRequest } from '../../../../src/workflows/research-loop/run-request.js';
import { loopInput, taskWith } from '../../../support/loop-input.js';
import { okReport } from '../../../support/ok-report.js';

const plan = { experiment: 1, role: 'candidate' as const, index: 0, commit: 'c'.repeat(40), guards: false };
const lost = { host: 'gpu7', device: 'h100/0', seconds: 61.5, step: 6 };

test('a run that took two attempts is one measurement, paid for with both', () => {
  const task = taskWith({ run: { command: 'torchrun train.py', budget: 60, devices: 2 } });
  const request = runRequest(loopInput('toy/two', task), plan, true);
  const course = { attempt: 2, earlier: [lost], resumedAt: 50 };
  const record = runRecord(request, { ...okReport(request, 1), course }, 0);
  expect(record.deviceSeconds).toBe((10 + 61.5) * 2);
  expect(record.course).toEqual(course);
});

test('of a run that tells nothing nothing is kept', () => {
  const request = runRequest(loopInput('toy/none', taskWith()), plan, true);
  expect(request).not.toHaveProperty('watch');
  expect(runRecord(request, okReport(request, 1), 0)).not.toHaveProperty('course');
});
