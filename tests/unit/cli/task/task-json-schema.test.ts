import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { taskJsonSchema } from '../../../../src/cli/task/task-json-schema.js';
import type { SchemaNode } from '../../../../src/storage/yaml/index.js';

const file = path.join(import.meta.dirname, '../../../../schema/task.schema.json');

test('the committed schema is the one that the code accepts (UPDATE_SCHEMA=1 writes it)', async () => {
  const fresh = `${JSON.stringify(taskJsonSchema(), null, 2)}\n`;
  if (process.env['UPDATE_SCHEMA'] === '1') {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, fresh);
  }
  expect(await readFile(file, 'utf8')).toBe(fresh);
});

test('an editor can check a task.yaml with it', () => {
  const validate = new Ajv2020({ strict: false }).compile(taskJsonSchema());
  const task = parse(`
name: sine
editable: [train.py]
run: { command: python3 train.py, budget: 10s }
measure: { metric: { name: mse, direction: minimize } }
`) as Record<string, unknown>;
  expect(validate(task)).toBe(true);
  expect(validate({ ...task, budgt: 1 })).toBe(false);
  expect(validate({ ...task, proposer: { kind: 'mutate', model: 'x' } })).toBe(false);
});

test('every top-level key says what it is for', () => {
  const properties: Record<string, SchemaNode> = taskJsonSchema().properties ?? {};
  const silent = Object.entries(properties).filter(([, node]) => node.description === undefined);
  expect(silent.map(([key]) => key)).toEqual([]);
});
