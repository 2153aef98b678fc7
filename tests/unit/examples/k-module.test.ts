import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXAMPLES, metric, openExample } from './example.js';

const text = readFileSync(join(EXAMPLES, 'k-module/pipeline.yaml'), 'utf8');
const modules = [...text.matchAll(/^(\w+): (\w+) # choices: (.+)$/gm)].map(
  ([, name = '', now = '', choices = '']) => ({
    name,
    now,
    others: choices.split(' | ').filter((c) => c !== now),
  }),
);

const score = async (pipeline: string): Promise<number> => {
  const example = await openExample('k-module');
  await example.write('pipeline.yaml', pipeline);
  return metric((await example.evaluate()).stdout, 'score');
};

test('k-module: one variant a module is right, wrong ones are alike, and all right ones score 1', async () => {
  const right: string[] = [];
  let best = text;
  for (const { name, now, others } of modules) {
    const scores = await Promise.all(
      others.map((other) => score(text.replace(`${name}: ${now}`, `${name}: ${other}`))),
    );
    expect([...scores].sort()).toEqual([0, 0, 0, 0.2]);
    const found = others[scores.indexOf(0.2)] ?? '';
    right.push(found);
    best = best.replace(`${name}: ${now}`, `${name}: ${found}`);
  }
  expect(modules.map(({ others }) => others.length)).toEqual([4, 4, 4, 4]);
  expect(await score(text)).toBe(0);
  expect(await score(best)).toBe(1);
  expect(await score(best.replace(`: ${right[0] ?? ''}`, `: ${modules[0]?.now ?? ''}`))).toBe(0.6);
});

test.each([
  ['an unknown variant', text.replace('greedy', 'guess')],
  ['a missing module', text.replace(/^sampler.*\n/m, '')],
  ['a module that is named twice', `${text}sampler: beam\n`],
])('k-module: %s is refused by run and evaluator', async (_, pipeline) => {
  const example = await openExample('k-module');
  await example.write('pipeline.yaml', pipeline);
  expect((await example.run('check.py')).code).toBe(1);
  const { code, stdout } = await example.evaluate();
  expect([code, stdout]).toEqual([1, '']);
});
