import { expect, test } from 'vitest';
import { createPropose } from '../../../../src/activities/propose/index.js';
import { entry, LOOP, quiet, workbench } from './workbench.js';

const TRAIN = 'LR = 0.1\nDEPTH = 6\nFAST = True\n';
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

test('a batch of mutations is committed on refs of its own, each under the base', async () => {
  const bench = workbench({ 'train.py': TRAIN, 'prepare.sh': 'N=3\n' });
  const request = bench.request({}, { experiments: numbers(1, 8) });
  const prepared = await bench.propose(request);
  expect(prepared.map(({ experiment }) => experiment)).toEqual(numbers(1, 8));
  for (const one of prepared) {
    if (one.status !== 'ready') throw new Error(one.reason);
    expect(bench.git('rev-parse', `refs/autolift/${LOOP}/${String(one.experiment)}`)).toBe(one.commit);
    expect(bench.git('rev-parse', `${one.commit}^`)).toBe(request.base);
    expect(bench.git('rev-parse', `${one.commit}^{tree}`)).toBe(one.tree);
    expect(bench.git('diff', '--name-only', request.base, one.commit)).toBe('train.py');
    expect(bench.git('log', '-1', '--format=%s', one.commit)).toBe(one.idea);
  }
  expect(new Set(prepared.map((one) => (one.status === 'ready' ? one.tree : ''))).size).toBe(8);
  expect(bench.git('status', '--porcelain')).toBe('');
});

test('the same request again gives the same commits, in this process and in another one', async () => {
  const bench = workbench({ 'train.py': TRAIN });
  const request = bench.request({}, { experiments: numbers(1, 4) });
  const first = await bench.propose(request);
  expect(await bench.propose(request)).toEqual(first);
  bench.git('update-ref', '-d', `refs/autolift/${LOOP}/3`);
  const restarted = quiet();
  expect(await restarted.run(createPropose(bench.deps), request)).toEqual(first);
});

test('what was tried before is drawn again, and reported as a duplicate when nothing else is left', async () => {
  const bench = workbench({ 'train.py': 'FAST = True\n' });
  const request = bench.request({});
  const [first] = await bench.propose(request);
  expect(first).toMatchObject({ status: 'ready', idea: 'FAST True → False in train.py' });
  const [second] = await bench.propose({ ...request, experiments: [2] });
  expect(second).toMatchObject({ status: 'duplicate', duplicateOf: 1 });
});

test('a tree that the ledger knows from long ago is not proposed again', async () => {
  const bench = workbench({ 'train.py': 'FAST = True\nSLOW = False\n' });
  const request = bench.request({}, { experiments: [900] });
  const [probe] = await bench.propose(request);
  if (probe?.status !== 'ready') throw new Error('expected a candidate');
  bench.history.push(entry({ experiment: 5, tree: probe.tree }));
  // the same seed draws the same first
  const [other] = await bench.propose({ ...request, loop: 'demo/t2' });
  expect(other?.status).toBe('ready');
  expect(other?.status === 'ready' && other.tree).not.toBe(probe.tree);
});

test('a batch never holds the same candidate twice', async () => {
  const bench = workbench({ 'train.py': 'A = True\nB = True\nC = "x"  # choices: x | y\n' });
  const prepared = await bench.propose(bench.request({}, { experiments: numbers(1, 6) }));
  const trees = prepared.flatMap((one) => (one.status === 'ready' ? [one.tree] : []));
  expect(new Set(trees).size).toBe(trees.length);
  expect(trees.length).toBe(3);
  expect(prepared.filter(({ status }) => status === 'duplicate').length).toBe(3);
});

test('files without literals give no_change with a reason', async () => {
  const bench = workbench({ 'train.py': 'import os\n' });
  const [one] = await bench.propose(bench.request({}));
  expect(one).toMatchObject({ status: 'no_change', reason: expect.stringContaining('no number') as string });
});

test('a task in a folder of the repository is edited there only', async () => {
  const bench = workbench({ 'tasks/a/train.py': 'LR = 0.1\n', 'train.py': 'LR = 0.1\n' });
  const request = bench.request({});
  const [one] = await bench.propose({ ...request, source: { ...request.source, prefix: 'tasks/a' } });
  if (one?.status !== 'ready') throw new Error('expected a candidate');
  expect(bench.git('diff', '--name-only', request.base, one.commit)).toBe('tasks/a/train.py');
});
