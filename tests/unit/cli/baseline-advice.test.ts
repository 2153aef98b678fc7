import { expect, test } from 'vitest';
import { baselineAdvice } from '../../../src/cli/baseline-advice.js';
import type { RunRecord } from '../../../src/contract/measurement.js';
import { taskSchema } from '../../../src/contract/task-schema.js';
import { sampleRun } from '../../fixtures/report/sample-run.js';

const task = (metric: object, command?: string) =>
  taskSchema.parse({
    name: 'a',
    editable: ['train.py'],
    run: { command: 'python3 train.py' },
    measure: { ...(command === undefined ? {} : { command }), metric: { direction: 'minimize', ...metric } },
  });

const run = (changes: Partial<RunRecord>): RunRecord => ({
  ...sampleRun({ role: 'baseline', value: 1, index: 0, sandbox: 'bwrap' }),
  ...changes,
});

test('a baseline that rewrote a committed file is told which one, and the command that mends it', () => {
  const tampering = ['changed out.json', 'changed log.txt'];
  const said = baselineAdvice(task({ name: 'loss' }), {
    outcome: 'tampered',
    measurements: [run({ status: 'tampered', tampering })],
  });
  expect(said).toContain('rewrites out.json (and log.txt)');
  expect(said).toContain('`git rm --cached out.json`');
  expect(said).toContain('.gitignore');
});

test('a score file that was never written is told as a file, and who should write it', () => {
  const row = { outcome: 'no_metric' as const, measurements: [run({ status: 'no_metric' })] };
  const printed = baselineAdvice(task({ name: 'loss' }), row);
  expect(printed).toContain('METRIC:loss=value');
  const written = baselineAdvice(task({ name: 'loss', file: 'out.json', key: 'a.b' }), row);
  expect(written).toContain('Let run.command write out.json');
  expect(written).toContain('a number at a.b');
  expect(written).not.toContain('METRIC');
  const judged = baselineAdvice(task({ name: 'loss', file: 'out.json' }, 'python3 evaluate.py'), row);
  expect(judged).toContain('Let measure.command write out.json');
});

test('any other failure is to be tried by hand', () => {
  const row = { outcome: 'crash' as const, measurements: [run({ status: 'crash' })] };
  expect(baselineAdvice(null, row)).toContain('by hand');
});
