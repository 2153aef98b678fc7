import { expect, test } from 'vitest';
import { PAYING_PAIRS, vaultSchema } from '../../../src/contract/vault-schema.js';
import { TAIL_TASKS } from '../../../src/domain/lift/lift-options.js';

const vault = {
  name: 'curve',
  version: '1',
  task: 'curve',
  kind: 'generator',
  generate: 'python3 generate.py',
  candidate: 'python3 train.py',
  score: 'python3 score.py',
  metric: { name: 'mse', direction: 'minimize' },
  eps: 0.01,
};

test('a vault whose questions could never be answered by `pays` is refused before it is sealed', () => {
  expect(vaultSchema.safeParse({ ...vault, pairs: { least: 40, most: 40 } }).success).toBe(true);
  const { error } = vaultSchema.safeParse({ ...vault, pairs: { least: 40, most: 10 } });
  expect(error?.issues[0]).toMatchObject({
    path: ['pairs'],
    message: expect.stringContaining('no gain could pay') as unknown,
  });
  expect(vaultSchema.safeParse({ ...vault, pairs: { most: 10 } }).success).toBe(false);
});

test('so is one with too few pairs for a guarded tail, unless it leaves the tail open', () => {
  const few = { ...vault, pairs: { least: 10, most: 29 } };
  const { error } = vaultSchema.safeParse(few);
  expect(error?.issues[0]).toMatchObject({
    path: ['pairs'],
    message: expect.stringContaining('at least 30 pairs') as unknown,
  });
  expect(vaultSchema.safeParse({ ...few, tail: 'open' }).success).toBe(true);
  expect(vaultSchema.safeParse({ ...few, pairs: { least: 10, most: 30 } }).success).toBe(true);
  expect(PAYING_PAIRS).toBe(TAIL_TASKS);
});
