import { existsSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadTask } from '../../../src/cli/task/load-task.js';
import { preflight } from '../../../src/cli/task/preflight.js';

const examples = path.join(import.meta.dirname, '../../../examples');
const names = readdirSync(examples).filter((name) => existsSync(path.join(examples, name, 'task.yaml')));
const others = ['gpt/mlx.yaml', 'tiny-gpt/short.yaml', 'outer-loop/four-tasks.yaml'];

test.each([...names, ...others])('the example %s passes every check before a start', async (name) => {
  const loaded = await loadTask(path.join(examples, name));
  const { source } = await preflight(loaded, { home: os.tmpdir(), env: process.env, local: true });
  expect(source.prefix).toBe(`examples/${name.replace(/\/.*/, '')}`);
  expect(loaded.warnings.filter((warning) => !warning.startsWith('measure.command'))).toEqual([]);
});
