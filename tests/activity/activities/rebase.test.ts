import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRebase } from '../../../src/activities/rebase.js';
import type { ProposeRequest, RebaseRequest } from '../../../src/contract/activities.js';
import { NO_USAGE, type Ready } from '../../../src/contract/proposal.js';
import { mechanismSource } from '../../support/mechanism-source.js';
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

const incumbent = (bench: Workbench, content: string, path = 'train.py'): string => {
  writeFileSync(join(bench.folder, path), content);
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

const MECHANISM = 'method/process/mechanism.js';
const WORKS = [
  'const last = (c) => c.trials.at(-1);',
  ...Array.from({ length: 10 }, () => '// far apart'),
  mechanismSource({
    propose: `const one = last(c);
      const failed = one !== undefined && one.status === 'revert' && one.key !== '';
      return [{ forbid: failed ? [{ key: one.key }] : [], why: 'the last failure' }, s];`,
  }),
].join('\n');

test.each([
  [
    'is broken by the merge stays as it was',
    WORKS.replace('const last', 'const final').replace('last(c);', 'final(c);'),
    'stale',
  ],
  ['still works is carried over', WORKS.replace('far apart', 'somewhere'), 'rebased'],
])('a candidate whose mechanism %s', async (_, theirs, baseKind) => {
  const bench = workbench({ [MECHANISM]: WORKS });
  // asks for the last trial's knob too, by the function whose name the other side changes
  const mine = WORKS.replace(
    'return [{ forbid: failed',
    'if (failed) last(c);\n      return [{ forbid: c.t > 3 && failed',
  );
  const commit = incumbent(bench, mine, MECHANISM);
  const tree = bench.git('rev-parse', 'HEAD^{tree}');
  const request = bench.request({
    level: 'R4',
    editable: ['method/process/**'],
    proposer: { kind: 'mutate' },
  });
  bench.git('reset', '-q', '--hard', request.base);
  const onto = incumbent(bench, theirs, MECHANISM);
  const { base } = request;
  const own = { experiment: 1, proposer: 'command', idea: 'mine', usage: NO_USAGE, commit, tree, base };
  const prepared: Ready = { ...own, status: 'ready', baseKind: 'current' };
  expect(await rebase(bench, request, { prepared, onto })).toMatchObject({ baseKind });
});
