import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoopRecord } from '../../src/contract/ledger.js';
import type { LoopStatus } from '../../src/contract/loop.js';
import { repositoryWith, testEngine, type TestEngine } from '../support/engine.js';

const EXAMPLES = new URL('../../examples/', import.meta.url).pathname;

let engine: TestEngine;
beforeAll(async () => {
  engine = await testEngine({ AUTOLIFT_CPU_DEVICES: '2' });
  await engine.up();
}, 120_000);
afterAll(() => engine.close(), 60_000);

const filesOf = (folder: string): Record<string, string> => {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const tracked = names.filter(({ parentPath }) => !parentPath.includes('__pycache__'));
  return Object.fromEntries(
    tracked.map(({ name, parentPath }) => {
      const file = join(parentPath, name);
      return [file.slice(folder.length + 1), readFileSync(file, 'utf8')];
    }),
  );
};

interface Expected {
  experiments: number;
  origin: 'measured' | 'reported';
  /** between which the unchanged artifact's score must be */
  baseline: [number, number];
  /** words of task.yaml that are replaced to make the test short */
  shorter?: [string, string][];
}

const EXPECTED: Record<string, Expected> = {
  sine: { experiments: 6, origin: 'measured', baseline: [0.001, 1] },
  sorting: {
    experiments: 3,
    origin: 'measured',
    baseline: [10, 1e6],
    shorter: [['every: 12', 'every: 12, repeats: 3, nmax: 3']],
  },
  'circle-packing': { experiments: 4, origin: 'measured', baseline: [0.5, 2.64] },
  'k-module': { experiments: 5, origin: 'measured', baseline: [0, 0.99] },
  'tiny-gpt': {
    experiments: 2,
    origin: 'measured',
    baseline: [1, 9],
    shorter: [
      ['budget: 12s', 'budget: 2s'],
      ['repeats: 5, nmax: 12', 'repeats: 2, falseKeeps: 1, nmax: 2'],
    ],
  },
  'karpathy-compat': {
    experiments: 2,
    origin: 'reported',
    baseline: [0.5, 9],
    shorter: [
      ['budget: 5s', 'budget: 1s'],
      ['budget: { experiments', 'acceptance: { repeats: 2, falseKeeps: 1, nmax: 2 }\nbudget: { experiments'],
    ],
  },
};

const copyOf = (name: string, { shorter = [] }: Expected): string => {
  const files = filesOf(join(EXAMPLES, name));
  for (const [long, short] of shorter) {
    expect(files['task.yaml']).toContain(long);
    files['task.yaml'] = files['task.yaml']?.replace(long, short) ?? '';
  }
  return repositoryWith(files);
};

test('every example has its expectations here', () => {
  const there = readdirSync(EXAMPLES).filter((name) => existsSync(join(EXAMPLES, name, 'task.yaml')));
  // the loop over loops runs others of these for forty experiments at a time, and gpt's ports need their frameworks
  expect(there.sort()).toEqual([...Object.keys(EXPECTED), 'gpt', 'outer-loop'].sort());
});

test.each(Object.entries(EXPECTED))(
  'the example %s runs to the end of its budget',
  async (name, expected) => {
    const folder = copyOf(name, expected);
    const said = await engine.autolift(
      'run',
      folder,
      '--experiments',
      String(expected.experiments),
      '--json',
    );
    expect(said.stderr + String(said.code)).toBe('0');
    const ended = JSON.parse(said.stdout.trim().split('\n').at(-1) ?? '') as LoopStatus & { report: string };
    expect([ended.phase, ended.spent.experiments]).toEqual(['done', expected.experiments]);
    expect(ended.baseline?.value).toBeGreaterThanOrEqual(expected.baseline[0]);
    expect(ended.baseline?.value).toBeLessThanOrEqual(expected.baseline[1]);
    expect(readFileSync(ended.report, 'utf8')).toContain('</html>');

    const exported = await engine.autolift('export', ended.loop, '--format', 'json');
    const { experiments } = JSON.parse(exported.stdout) as LoopRecord;
    const numbers = experiments.map(({ experiment }) => experiment).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: expected.experiments + 1 }, (_, index) => index));
    const scored = experiments.flatMap(({ measurements }) =>
      measurements.filter(({ status }) => status === 'ok'),
    );
    expect(new Set(scored.map(({ origin }) => origin))).toEqual(new Set([expected.origin]));
    const tampered = experiments.filter(({ outcome }) => outcome === 'tampered');
    expect(tampered.map(({ reason }) => reason)).toEqual([]);

    const tsv = (await engine.autolift('export', ended.loop, '--format', 'tsv')).stdout.trim().split('\n');
    expect(tsv[0]).toMatch(/^commit\t\w+\tmemory_gb\tstatus\tdescription$/);
    expect(tsv.map((line) => line.split('\t').length)).toEqual(Array(expected.experiments + 2).fill(5));
    rmSync(folder, { recursive: true, force: true });
  },
);
