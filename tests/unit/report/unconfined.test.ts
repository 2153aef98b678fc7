import { expect, test } from 'vitest';
import { CHILD_LOOPS } from '../../../src/domain/research/by-child-loops.js';
import { unconfined } from '../../../src/report/unconfined.js';
import { sampleRun } from '../../fixtures/report/sample-run.js';

const run = sampleRun({ role: 'candidate', value: 1, index: 0, sandbox: 'none' });

test('a run without a sandbox is unconfined, one in bubblewrap is not', () => {
  expect(unconfined(run)).toBe(true);
  expect(unconfined({ ...run, sandbox: 'bwrap' })).toBe(false);
});

test('a measurement by child loops is not called unconfined: it ran nothing itself', () => {
  expect(unconfined({ ...run, device: { ...run.device, host: CHILD_LOOPS } })).toBe(false);
});
