import { expect, test } from 'vitest';
import { vaultSchema } from '../../../src/contract/vault-schema.js';

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
