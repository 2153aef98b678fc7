import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRebase } from '../../../src/activities/rebase.js';
import type { ProposeRequest, RebaseRequest } from '../../../src/contract/activities.js';
import type { Ready } from '../../../src/contract/proposal.js';
import { quiet, type Workbench, workbench } from './propose/workbench.js';

const TRAIN = `A = True\n${'# far apart\n'.repeat(10)}LR = 1\n`;

const setUp = async () => {
  const bench = workbench({ 'train.py': TRAIN });
  const proposer = { kind: 'command', command: 'sed -i "s/A = True/A = False/" train.py' };
  const request = bench.request({ proposer });
  const [prepared] = await bench.propose({ ...request, experiments: [1] });
  if (prepared?.status !== 'ready') throw new Error('expected a candidate');
  return { bench, request, prepared };
};

const incumbent = (bench: Workbench, content: string): string => {
  writeFileSync(join(bench.folder, 'train.py'), content);
  bench.git('commit', '-q', '-a', '-m', 'kept');
  return bench.git('rev-parse', 'HEAD');
};

const rebase = async (
  bench: Workbench,
  request: ProposeRequest,
  moved: { prepared: Ready; onto: string },
): Promise<Ready> => {
  const run = createRebase(bench.deps);
  return await quiet().run<[RebaseRequest], Ready, typeof run>(run, { ...request, ...moved });
};

test('a candidate whose lines nobody else changed is carried over to the new incumbent, on the same ref', async () => {
  const { bench, request, prepared } = await setUp();
  const onto = incumbent(bench, TRAIN.replace('LR = 1', 'LR = 2'));
  const moved = await rebase(bench, request, { prepared, onto });
  expect(moved).toMatchObject({ baseKind: 'rebased', base: onto, idea: prepared.idea, experiment: 1 });
  expect(bench.show(moved.commit, 'train.py')).toBe(
    TRAIN.replace('True', 'False').replace('LR = 1', 'LR = 2').trimEnd(),
  );
  expect(bench.git('rev-parse', `${moved.commit}^`)).toBe(onto);
  expect(bench.git('rev-parse', 'refs/autolift/demo/t1/1')).toBe(moved.commit);
  expect(await rebase(bench, request, { prepared, onto })).toEqual(moved);
});

test('a candidate in conflict with the new incumbent stays as it was and says that it is stale', async () => {
  const { bench, request, prepared } = await setUp();
  const onto = incumbent(bench, TRAIN.replace('A = True', 'A = None'));
  expect(await rebase(bench, request, { prepared, onto })).toEqual({ ...prepared, baseKind: 'stale' });
  expect(bench.git('rev-parse', 'refs/autolift/demo/t1/1')).toBe(prepared.commit);
});

test('a candidate that the new incumbent holds already is stale, not empty', async () => {
  const { bench, request, prepared } = await setUp();
  const onto = incumbent(bench, TRAIN.replace('A = True', 'A = False'));
  expect(await rebase(bench, request, { prepared, onto })).toEqual({ ...prepared, baseKind: 'stale' });
});

test('nothing happens to a candidate that was made from the incumbent', async () => {
  const { bench, request, prepared } = await setUp();
  expect(await rebase(bench, request, { prepared, onto: prepared.base })).toEqual(prepared);
});
