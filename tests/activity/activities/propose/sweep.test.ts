import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { entry, type Workbench, workbench } from './workbench.js';

const EXAMPLE = join(import.meta.dirname, '../../../../examples/k-module');
const PIPELINE = readFileSync(join(EXAMPLE, 'pipeline.yaml'), 'utf8');
const EVALUATOR = readFileSync(join(EXAMPLE, 'evaluate.py'), 'utf8');
const SALT = /SALT = "(\w+)"/.exec(EVALUATOR)?.[1] ?? '';

const bench = (files: Record<string, string> = { 'pipeline.yaml': PIPELINE }): Workbench => workbench(files);

const sweep = (options: Record<string, unknown>) => ({ proposer: { kind: 'sweep', ...options } });

/** Scores as the example's evaluator does. */
const measure = (text: string): number => {
  const modules = Object.entries(parse(text) as Record<string, string>);
  const right = modules.filter(([name, variant]) => {
    const digest = createHash('sha256').update(`${SALT}/${name}/${variant}`).digest('hex');
    return EVALUATOR.includes(`"${name}": "${digest.slice(0, 32)}"`);
  }).length;
  return (right + (right === modules.length ? 1 : 0)) / 5;
};

/** So many experiments, one after another; what each scored. */
const search = async (on: Workbench, task: Record<string, unknown>, count: number): Promise<number[]> => {
  on.history.push(entry({ experiment: 0, outcome: 'keep', value: measure(PIPELINE) }));
  const scores: number[] = [];
  for (let experiment = 1; experiment <= count; experiment++) {
    const [prepared] = await on.propose(on.request(task, { experiments: [experiment] }));
    if (prepared?.status !== 'ready') continue;
    const value = measure(on.show(prepared.commit, 'pipeline.yaml') ?? '');
    scores.push(value);
    on.history.push(entry({ ...prepared, value }));
  }
  return scores;
};

const MAXIMISE = { measure: { metric: { name: 'score', direction: 'maximize' } } };

test('a random sweep sets all knobs of k-module and finds better pipelines by chance', async () => {
  const on = bench();
  const scores = await search(on, { ...sweep({ sampler: 'random' }), ...MAXIMISE }, 40);
  expect(scores.length).toBeGreaterThan(30);
  expect(Math.max(...scores)).toBeGreaterThan(measure(PIPELINE));
  expect(on.history[1]?.proposer).toBe('sweep');
  expect(on.history[1]?.idea).toMatch(/^sweep \(random\): /);
});

test('Optuna is told what was measured, and never goes to the same place twice', async () => {
  const on = bench();
  const scores = await search(on, { ...sweep({ sampler: 'tpe' }), ...MAXIMISE }, 16);
  expect(scores).toHaveLength(16);
  expect(new Set(on.history.map(({ tree }) => tree)).size).toBe(17);
  expect(Math.max(...scores)).toBeGreaterThan(measure(PIPELINE));
}, 300_000);

test('what waits for its verdict is no place to go to', async () => {
  const on = bench({ 'a.yaml': 'kind: a # choices: a | b\nflat: true\n' });
  on.history.push(entry({ experiment: 0, outcome: 'keep', value: 1 }));
  const trees = new Set<string>();
  for (let experiment = 1; experiment <= 3; experiment++) {
    const [one] = await on.propose(on.request(sweep({ sampler: 'tpe' }), { experiments: [experiment] }));
    if (one?.status === 'ready') trees.add(one.tree);
  }
  expect(trees.size).toBe(3);
}, 120_000);

test('a place that had a part of a run is taken, and its score is no score', async () => {
  const on = bench({ 'a.yaml': 'kind: a # choices: a | b | c\n' });
  on.history.push(entry({ experiment: 0, outcome: 'keep', value: 1 }));
  const seen = { value: -1000, n: 1, fidelity: 0.25, of: null };
  const plain = { directive: null, mechanism: 'm', parent: null, moves: [], settings: {}, compliance: null };
  const trees = new Set<string>();
  for (let experiment = 1; experiment <= 2; experiment++) {
    const [one] = await on.propose(on.request(sweep({ sampler: 'tpe' }), { experiments: [experiment] }));
    if (one?.status !== 'ready') continue;
    trees.add(one.tree);
    const { commit, tree } = one;
    on.history.push(
      entry({ experiment, commit, tree, outcome: 'inconclusive', steering: { ...plain, seen } }),
    );
  }
  expect(trees.size).toBe(2);
}, 120_000);

test('without Optuna there is one message that says what to do', async () => {
  for (const python of ['/nowhere/python', '/bin/false']) {
    const on = bench();
    on.deps.python = python;
    const asked = on.propose(on.request(sweep({ sampler: 'cmaes' })));
    if (python === '/bin/false') await expect(asked).rejects.toThrow('the sampler ended with code 1');
    else
      await expect(asked).rejects.toMatchObject({
        nonRetryable: true,
        message: expect.stringMatching(/Optuna can't be asked .*\n.*sampler: random/) as string,
      });
  }
});

test('where there is nothing to sweep it says so', async () => {
  const on = bench({ 'notes.py': '# nothing\n' });
  const [one] = await on.propose(on.request(sweep({ sampler: 'random' })));
  expect(one).toMatchObject({ status: 'no_change', proposer: 'sweep' });
});
