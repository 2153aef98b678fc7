import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import picomatch from 'picomatch';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { vaultSchema } from '../../../src/contract/vault-schema.js';
import { parseMethod } from '../../../src/storage/method/index.js';
import { loadTask } from '../../../src/cli/task/load-task.js';
import { taskSchema } from '../../../src/contract/task-schema.js';
import { EXAMPLES } from './example.js';

const NAMES = ['circle-packing', 'gpt', 'k-module', 'karpathy-compat', 'sine', 'sorting', 'tiny-gpt'];
const folders = readdirSync(EXAMPLES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const WITH_HOLDOUT = 'holdout';
const OVER_OTHERS = 'outer-loop';

test('the examples are the seven that the README names, a task with its vault, and a loop over two of them', () => {
  expect(folders.map(({ name }) => name).sort()).toEqual([...NAMES, WITH_HOLDOUT, OVER_OTHERS].sort());
});

test('gpt has a second task for its other port, which differs in nothing but the port', async () => {
  const folder = join(EXAMPLES, 'gpt');
  const { task: torch } = await loadTask(folder);
  const { task: mlx } = await loadTask(join(folder, 'mlx.yaml'));
  expect([torch.run.warm?.imports[0], mlx.run.warm?.imports[0]]).toEqual(['torch', 'mlx.core']);
  const run = { ...torch.run, warm: mlx.run.warm };
  const ported = JSON.stringify({ ...torch, run, name: 'gpt-mlx' }).replaceAll(
    /\btrain\b(?! the)/g,
    'train_mlx',
  );
  expect(mlx).toEqual(JSON.parse(ported.replace('in PyTorch', 'in MLX')));
});

test('the loop over others researches tasks that lie beside it, from a method that is one', async () => {
  const folder = join(EXAMPLES, OVER_OTHERS);
  const { task } = await loadTask(folder);
  expect(task).toMatchObject({ level: 'R4', acceptance: { rule: 'lift' } });
  for (const one of task.research?.tasks ?? [])
    expect((await loadTask(join(folder, one.folder))).task.level).toBe('R0');
  const file = 'process/process.yaml';
  const text = readFileSync(join(folder, 'method', file), 'utf8');
  expect(parseMethod({ [file]: text }, folder).process).toMatchObject({ exploration: { edits: 1 } });
});

test('the example with a holdout asks the vault beside it, which is pinned to it and lies out of its reach', () => {
  const read = (file: string): unknown => parse(readFileSync(join(EXAMPLES, WITH_HOLDOUT, file), 'utf8'));
  const task = taskSchema.parse(read('task/task.yaml'));
  const vault = vaultSchema.parse(read('vault/vault.yaml'));
  expect(task.holdout).toEqual({ vault: vault.name, command: vault.score });
  expect(vault.task).toBe(task.name);
  const seen = readdirSync(join(EXAMPLES, WITH_HOLDOUT, 'task'), { recursive: true, encoding: 'utf8' });
  expect(seen.filter((name) => /vault|generate|score/.test(name))).toEqual([]);
});

describe.each(NAMES)('%s', (name) => {
  const folder = join(EXAMPLES, name);
  const text = readFileSync(join(folder, 'task.yaml'), 'utf8');
  const task = taskSchema.parse(parse(text));
  const files = readdirSync(folder);
  const isEditable = picomatch(task.editable);

  test('has a task.yaml that the schema accepts and that editors can check', () => {
    expect(task.name).toBe(name);
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=../../schema/task.schema.json');
  });

  test('has instructions, a README and files to edit', () => {
    expect(files).toContain('README.md');
    expect(files).toContain(task.instructions);
    expect(files.some((file) => isEditable(file))).toBe(true);
  });

  test('keeps its evaluator and its own text out of what may be edited', () => {
    for (const path of ['evaluate.py', 'prepare.py', 'serve.py', 'rules.py', 'task.yaml', 'program.md'])
      expect(isEditable(path)).toBe(false);
  });

  test('stops by itself', () => {
    expect(task.budget.experiments).toBeGreaterThan(0);
    expect(task.budget.wallClock).toBeGreaterThan(0);
  });
});
