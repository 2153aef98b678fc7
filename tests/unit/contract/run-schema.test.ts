import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { editableMatcher } from '../../../src/storage/git/editable-matcher.js';
import { runProgressSchema, runReportSchema, runRequestSchema } from '../../../src/contract/run-schema.js';

interface Case {
  name: string;
  valid: boolean;
  set?: Record<string, unknown>;
  remove?: string[];
}
interface Fixture {
  base: Record<string, unknown>;
  cases: Case[];
}
type Folder = Record<string, unknown>;

const read = (name: string): unknown =>
  JSON.parse(
    readFileSync(fileURLToPath(new URL(`../../fixtures/contract/${name}.json`, import.meta.url)), 'utf8'),
  );

const patched = (fixture: Fixture, change: Case): Folder => {
  const payload = structuredClone(fixture.base);
  const holder = (path: string[]): Folder =>
    path.slice(0, -1).reduce<Folder>((inner, key) => inner[key] as Folder, payload);
  for (const [path, value] of Object.entries(change.set ?? {}))
    holder(path.split('.'))[path.split('.').at(-1) ?? ''] = value;
  for (const path of change.remove ?? [])
    Reflect.deleteProperty(holder(path.split('.')), path.split('.').at(-1) ?? '');
  return payload;
};

const schemas = [
  ['run-request', runRequestSchema],
  ['run-report', runReportSchema],
  ['run-progress', runProgressSchema],
] as const;

for (const [name, schema] of schemas) {
  const fixture = read(name) as Fixture;
  const jsonSchema = z.toJSONSchema(schema, { io: 'input' });
  const byJsonSchema = new Ajv2020().compile(jsonSchema);

  test(`schema/${name}.schema.json is what zod says now`, async () => {
    await expect(`${JSON.stringify(jsonSchema, null, 2)}\n`).toMatchFileSnapshot(
      `../../../schema/${name}.schema.json`,
    );
  });

  test.each(fixture.cases)(`${name}: $name: valid is $valid`, (example) => {
    const payload = patched(fixture, example);
    expect(schema.safeParse(payload).success).toBe(example.valid);
    expect(byJsonSchema(payload)).toBe(example.valid);
  });
}

test.each(read('globs') as { glob: string; matches: string[]; others: string[] }[])(
  'the glob $glob means the same to the device worker',
  ({ glob, matches, others }) => {
    const isMatch = editableMatcher([glob]);
    expect([...matches, ...others].filter((path) => isMatch(path))).toEqual(matches);
  },
);
