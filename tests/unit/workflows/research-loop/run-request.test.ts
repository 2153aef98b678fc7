import { expect, test } from 'vitest';
import { runRequestSchema } from '../../../../src/contract/run-schema.js';
import { runRequest } from '../../../../src/workflows/research-loop/run-request.js';
import { loopInput, taskWith } from '../../../support/loop-input.js';

const COMMIT = 'b'.repeat(40);
const ROLES = ['baseline', 'candidate', 'incumbent'] as const;

const requests = (warm?: { imports: string[] }) => {
  const task = taskWith({ run: { command: 'python3 train.py', ...(warm === undefined ? {} : { warm }) } });
  const plan = { experiment: 3, index: 0, commit: COMMIT, guards: false };
  return ROLES.map((role) => runRequest(loopInput('toy/tag', task), { ...plan, role }, false));
};

test('a warm task asks for warm runs of baseline, candidates and incumbents alike', () => {
  const warm = { imports: ['torch'] };
  expect(requests(warm).map(({ run }) => run.warm)).toEqual([warm, warm, warm]);
  for (const request of requests(warm)) expect(runRequestSchema.parse(request)).toEqual(request);
});

test('other tasks ask older workers for nothing that they do not know', () => {
  for (const { run } of requests()) expect(run).not.toHaveProperty('warm');
});
