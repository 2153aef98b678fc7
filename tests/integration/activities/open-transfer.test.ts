import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Deps } from '../../../src/activities/deps.js';
import { createOpenTransfer } from '../../../src/activities/transfer/open-transfer.js';
import { revertText } from '../../../src/contract/alarm.js';
import type { LoopRecord } from '../../../src/contract/ledger.js';
import { candidateRef } from '../../../src/contract/names.js';
import { openRepository } from '../../../src/storage/git/repository.js';
import { repositoryWith } from '../../support/engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { loopRecord } from '../../support/loop-record.js';
import { rowsOn } from '../../support/transfer-record.js';

const LOOP = 'toy/one';
const TRAIN = 'A = 1\n\n\n\nB = 1\n\n\n\nC = 1\n';

/** A loop that has kept three changes, the last two of the same line. */
const scene = async () => {
  const folder = repositoryWith({ 'train.py': TRAIN });
  const repository = await openRepository(folder);
  const base = (await repository.resolve('HEAD')) ?? '';
  let parent = base;
  const tips: string[] = [];
  for (const [at, content] of [
    TRAIN.replace('A = 1', 'A = 2'),
    TRAIN.replace('A = 1', 'A = 2').replace('B = 1', 'B = 2'),
    TRAIN.replace('A = 1', 'A = 2').replace('B = 1', 'B = 3'),
  ].entries()) {
    const [made] = await repository.commitCandidates([
      {
        ref: candidateRef(LOOP, at + 1),
        parent,
        prefix: '',
        edits: [{ kind: 'write', path: 'train.py', content }],
        message: `idea ${String(at + 1)}`,
        at: 1_700_000_000 + at,
      },
    ]);
    parent = made?.commit ?? '';
    tips.push(parent);
  }
  const task = taskWith();
  const { source } = loopInput(LOOP, task);
  const record = loopRecord({ seed: 1, experiments: 3 });
  const whole: LoopRecord = {
    ...record,
    loop: {
      ...record.loop,
      loop: LOOP,
      input: {
        ...record.loop.input,
        loop: LOOP,
        task,
        source: { ...source, repository: folder, baseCommit: base },
      },
    },
    experiments: record.experiments.map((row) =>
      row.experiment === 0
        ? row
        : {
            ...row,
            outcome: 'keep',
            value: 2,
            commit: tips[row.experiment - 1] ?? '',
            branchCommit: tips[row.experiment - 1] ?? '',
          },
    ),
  };
  const open = (known: LoopRecord) =>
    createOpenTransfer({
      openRepository,
      ledger: { record: () => Promise.resolve(known) },
    } as unknown as Pick<Deps, 'ledger' | 'openRepository'>);
  const show = (commit: string): string =>
    execFileSync('git', ['-C', folder, 'show', `${commit}:train.py`], { encoding: 'utf8' });
  return { whole, open, show, tips, base };
};

const input = (more: object = {}) => ({
  v: 1 as const,
  id: `${LOOP}/transfer/3-h100-10`,
  loop: LOOP,
  to: ['h100'],
  pairs: 10,
  ...more,
});

test('what was kept is the branch at each change, and what stands without one where that can be left out', async () => {
  const { whole, open, show, tips, base } = await scene();
  const { plan, artifacts, made } = await open(whole)(input());
  expect(plan?.changes.map(({ before, after }) => [before, after])).toEqual([
    [base, tips[0]],
    [tips[0], tips[1]],
    [tips[1], tips[2]],
  ]);
  expect([plan?.from, made]).toEqual(['cpu', []]);
  // the second change can't be left out: the third has changed its line again
  expect(artifacts.map(({ name }) => name)).toEqual(['at 0', 'at 1', 'at 2', 'at 3', '3 without 1']);
  expect(show(artifacts.at(-1)?.commit ?? '')).toBe(TRAIN.replace('B = 1', 'B = 3'));
  expect((await open(whole)(input())).artifacts).toEqual(artifacts);
});

test('changes that an alarm has taken back are none, and one alone can be asked for', async () => {
  const { whole, open, tips } = await scene();
  const last = Math.max(...whole.experiments.map(({ settledAt }) => settledAt));
  const back = {
    loop: LOOP,
    seq: 9,
    kind: 'reverted' as const,
    text: revertText(1, tips[0] ?? ''),
    at: last + 1,
  };
  const { plan } = await open({ ...whole, events: [...whole.events, back] })(input());
  expect(plan?.changes.map(({ experiment }) => experiment)).toEqual([1]);
  const only = await open(whole)(input({ only: [2] }));
  expect(only.artifacts.map(({ name }) => name)).toEqual(['at 0', 'at 1', 'at 2', 'at 3']);
});

test('what this very study has measured before is told, and a loop that kept nothing has nothing to measure', async () => {
  const { whole, open } = await scene();
  const { id } = input();
  const transfers = [
    ...rowsOn('h100', { 'at 0': () => 9 }, { id, pairs: 2 }),
    ...rowsOn('h100', { 'at 0': () => 9 }, { id: 'toy/one/transfer/other', pairs: 2 }),
  ];
  const { made } = await open({ ...whole, transfers })(input());
  expect(made).toEqual(
    [0, 1].map((pair) => ({ device: 'h100', artifact: 'at 0', pair, status: 'ok', value: 9 })),
  );
  const nothing = { ...whole, experiments: whole.experiments.filter(({ experiment }) => experiment === 0) };
  expect(await open(nothing)(input())).toEqual({ plan: null, artifacts: [], made: [] });
});
