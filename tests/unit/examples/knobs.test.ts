import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { scan } from '../../../src/domain/proposers/mutate/scan.js';
import { EXAMPLES } from './example.js';

const FILES = [
  'sine/train.py',
  'sorting/sort.py',
  'circle-packing/pack.py',
  'k-module/pipeline.yaml',
  'tiny-gpt/train.py',
  'karpathy-compat/train.py',
];

test.each(FILES)('mutate mostly draws declared knobs in %s', (path) => {
  const literals = scan(path, readFileSync(join(EXAMPLES, path), 'utf8'));
  const weight = (some: typeof literals): number => some.reduce((sum, one) => sum + one.weight, 0);
  const declared = literals.filter(
    ({ kind }) => kind.type === 'choice' || (kind.type === 'number' && kind.range !== null),
  );
  expect(declared.length).toBeGreaterThanOrEqual(4);
  expect(weight(declared) / weight(literals)).toBeGreaterThan(0.5);
});

test.each([
  ['task.yaml', 'train.py'],
  ['mlx.yaml', 'train_mlx.py'],
])('sweep sets what is declared in gpt, whose whole model can be edited, by %s', (task, path) => {
  const { proposer } = parse(readFileSync(join(EXAMPLES, 'gpt', task), 'utf8')) as {
    proposer: { knobs: string[] };
  };
  const declared = scan(path, readFileSync(join(EXAMPLES, 'gpt', path), 'utf8')).filter(
    ({ kind }) => kind.type === 'number' && kind.range !== null,
  );
  expect(proposer.knobs).toEqual(declared.map(({ name }) => `${path}:${name}`));
});
