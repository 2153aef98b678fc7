import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { SettleRequest } from '../../../src/contract/activities.js';
import type { Deps } from '../../../src/activities/deps.js';
import { createOpenLoop } from '../../../src/activities/open-loop.js';
import { createSettle } from '../../../src/activities/settle.js';
import { NO_USAGE } from '../../../src/contract/proposal.js';
import { candidateRef } from '../../../src/contract/names.js';
import { openRepository, type Repository } from '../../../src/storage/git/repository.js';
import { repositoryWith } from '../../support/engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';

const LOOP = 'toy/settle';

const scene = async (others: { loop: string; repository?: string }[] = []) => {
  const folder = repositoryWith({ 'train.py': 'LR = 0.1\n' });
  const repository = await openRepository(folder);
  const base = (await repository.resolve('HEAD')) ?? '';
  const written: SettleRequest['experiments'] = [];
  let failNext = false;
  const ledger = {
    openLoop: () => Promise.resolve(),
    loops: () => Promise.resolve([{ loop: LOOP }, ...others]),
    record: (loop: string) => {
      const { repository: where = folder } = others.find((one) => one.loop === loop) ?? {};
      const known = loopInput(loop, taskWith());
      return Promise.resolve({
        loop: { loop, input: { ...known, source: { ...known.source, repository: where } } },
      });
    },
    append: ({ experiments }: Pick<SettleRequest, 'experiments'>) => {
      if (failNext) {
        failNext = false;
        return Promise.reject(new Error('the database is away'));
      }
      written.push(...experiments);
      return Promise.resolve();
    },
  };
  const deps = { ledger, openRepository } as unknown as Pick<Deps, 'ledger' | 'openRepository'>;
  const input = loopInput(LOOP, taskWith());
  const source = { ...input.source, repository: folder, remote: folder, baseCommit: base };
  await createOpenLoop(deps)({ ...input, source });
  const failOnce = () => {
    failNext = true;
  };
  return { folder, repository, base, source, written, failOnce, settle: createSettle(deps) };
};

const candidate = async (repository: Repository, experiment: number, parent: string, content: string) => {
  const [made] = await repository.commitCandidates([
    {
      ref: candidateRef(LOOP, experiment),
      parent,
      prefix: '',
      edits: [{ kind: 'write', path: 'train.py', content }],
      message: `idea ${String(experiment)}`,
      at: 1_700_000_000 + experiment,
    },
  ]);
  return made?.commit ?? '';
};

const keep = (experiment: number, commit: string): SettleRequest['experiments'][number] => ({
  loop: LOOP,
  experiment,
  outcome: 'keep',
  reason: 'better',
  proposer: 'mutate',
  idea: `idea ${String(experiment)}`,
  base: '',
  baseKind: 'current',
  against: 0,
  commit,
  tree: null,
  branchCommit: null,
  value: 1,
  verdict: null,
  deviceClass: 'cpu',
  usage: NO_USAGE,
  duplicateOf: null,
  proposedAt: 0,
  settledAt: 1_700_000_000_000,
  measurements: [],
});

const tipOf = (folder: string): string =>
  execFileSync('git', ['-C', folder, 'rev-parse', 'autoresearch/settle'], { encoding: 'utf8' }).trim();

const showAt = (folder: string, commit: string): string =>
  execFileSync('git', ['-C', folder, 'show', `${commit}:train.py`], { encoding: 'utf8' });

test('a keep that descends from the tip is the new tip', async () => {
  const { folder, repository, base, source, settle, written } = await scene();
  const commit = await candidate(repository, 1, base, 'LR = 0.2\n');
  const request = { loop: LOOP, tag: 'settle', source, tip: base, events: [] };
  const result = await settle({ ...request, experiments: [keep(1, commit)] });
  expect(result).toEqual({ tip: commit, branchCommits: { 1: commit } });
  expect(tipOf(folder)).toBe(commit);
  expect(written[0]?.branchCommit).toBe(commit);
});

test('a keep from an older base becomes a merge that holds exactly the measured files', async () => {
  const { folder, repository, base, source, settle } = await scene();
  const first = await candidate(repository, 1, base, 'LR = 0.2\n');
  const second = await candidate(repository, 2, base, 'LR = 0.3\n');
  const request = { loop: LOOP, tag: 'settle', source, tip: base, events: [] };
  // the order of verdicts counts, not the number of the experiment
  const result = await settle({ ...request, experiments: [keep(2, second), keep(1, first)] });
  expect(result.branchCommits[2]).toBe(second);
  expect(tipOf(folder)).toBe(result.branchCommits[1]);
  expect(showAt(folder, result.tip)).toBe('LR = 0.2\n');
  expect(await repository.isAncestor(second, result.tip)).toBe(true);
  expect(await repository.isAncestor(first, result.tip)).toBe(true);
});

test('an attempt after one that died between branch and ledger changes nothing twice', async () => {
  const { folder, repository, base, source, settle, failOnce } = await scene();
  const first = await candidate(repository, 1, base, 'LR = 0.2\n');
  const second = await candidate(repository, 2, base, 'LR = 0.3\n');
  const request = { loop: LOOP, tag: 'settle', source, tip: base, events: [] };
  const experiments = [keep(1, first), keep(2, second)];
  failOnce();
  await expect(settle({ ...request, experiments })).rejects.toThrow('away');
  const tip = tipOf(folder);
  const again = await settle({ ...request, experiments });
  expect(again.tip).toBe(tip);
  expect(tipOf(folder)).toBe(tip);
});

test('a branch that somebody moved is left alone, and the message says how to go on', async () => {
  const { folder, repository, base, source, settle } = await scene();
  const commit = await candidate(repository, 1, base, 'LR = 0.2\n');
  const foreign = await candidate(repository, 9, base, 'LR = 9\n');
  execFileSync('git', ['-C', folder, 'update-ref', 'refs/heads/autoresearch/settle', foreign]);
  const request = { loop: LOOP, tag: 'settle', source, tip: base, events: [] };
  await expect(settle({ ...request, experiments: [keep(1, commit)] })).rejects.toMatchObject({
    type: 'BranchMoved',
    nonRetryable: true,
    message: expect.stringContaining(
      `\`git branch settle-aside ${foreign}\` keeps what is there, \`git update-ref refs/heads/autoresearch/settle ${base} ${foreign}\``,
    ) as string,
  });
  expect(tipOf(folder)).toBe(foreign);
});

test('where another loop keeps on the branch as well, nobody is told to take its keeps away', async () => {
  const { folder, repository, base, source, settle } = await scene([
    { loop: 'sine/settle' },
    { loop: 'elsewhere/settle', repository: '/another' },
  ]);
  const commit = await candidate(repository, 1, base, 'LR = 0.2\n');
  const foreign = await candidate(repository, 9, base, 'LR = 9\n');
  execFileSync('git', ['-C', folder, 'update-ref', 'refs/heads/autoresearch/settle', foreign]);
  const request = { loop: LOOP, tag: 'settle', source, tip: base, events: [] };
  const told = await settle({ ...request, experiments: [keep(1, commit)] }).catch((error: unknown) =>
    String(error),
  );
  expect(told).toContain('it is the branch of sine/settle too');
  expect(told).toContain(`autolift stop ${LOOP}`);
  expect(told).not.toContain('update-ref');
});

test('a loop that a person has stopped writes its rows and leaves a branch that was moved', async () => {
  const { folder, repository, base, source, settle, written } = await scene();
  const commit = await candidate(repository, 1, base, 'LR = 0.2\n');
  const foreign = await candidate(repository, 9, base, 'LR = 9\n');
  execFileSync('git', ['-C', folder, 'update-ref', 'refs/heads/autoresearch/settle', foreign]);
  const request = { loop: LOOP, tag: 'settle', source, tip: base, events: [], leaving: true as const };
  const result = await settle({ ...request, experiments: [keep(1, commit)] });
  expect(result).toMatchObject({
    tip: commit,
    left: expect.stringContaining(`refs/autolift/${LOOP}/head`) as string,
  });
  expect(written.map(({ experiment }) => experiment)).toEqual([1]);
  expect(tipOf(folder)).toBe(foreign);
  expect(headOf(folder)).toBe(commit);
});

const headOf = (folder: string): string =>
  execFileSync('git', ['-C', folder, 'rev-parse', `refs/autolift/${LOOP}/head`], { encoding: 'utf8' }).trim();

test('a provisional change moves the head and not the branch; a lost promotion takes the head back', async () => {
  const { folder, repository, base, source, settle } = await scene();
  const scout = await candidate(repository, 1, base, 'LR = 0.2\n');
  const request = { loop: LOOP, tag: 'settle', source, tip: base, events: [] };
  const provisional = { ...keep(1, scout), outcome: 'provisional' as const };
  const result = await settle({ ...request, experiments: [provisional], head: scout });
  expect(result).toEqual({ tip: base, branchCommits: {} });
  expect([tipOf(folder), headOf(folder)]).toEqual([base, scout]);
  const lost = { ...keep(2, scout), outcome: 'discard' as const };
  await settle({ ...request, experiments: [lost], head: base });
  expect([tipOf(folder), headOf(folder)]).toEqual([base, base]);
});

test('a promotion moves branch and head to the new trunk, however often it is settled', async () => {
  const { folder, repository, base, source, settle } = await scene();
  const first = await candidate(repository, 1, base, 'LR = 0.2\n');
  const second = await candidate(repository, 2, first, 'LR = 0.3\n');
  const scouts = [keep(1, first), keep(2, second)].map((row) => ({
    ...row,
    outcome: 'provisional' as const,
  }));
  const request = { loop: LOOP, tag: 'settle', source, tip: base, events: [] };
  const batch = { ...request, experiments: [...scouts, keep(3, second)], head: second };
  expect(await settle(batch)).toEqual({ tip: second, branchCommits: { 3: second } });
  expect(await settle(batch)).toEqual({ tip: second, branchCommits: { 3: second } });
  expect([tipOf(folder), headOf(folder)]).toEqual([second, second]);
});

test('a promoted trunk that does not descend from the branch is a merge, and so is the head', async () => {
  const { folder, repository, base, source, settle } = await scene();
  const tip = await candidate(repository, 1, base, 'LR = 0.2\n');
  const elsewhere = await candidate(repository, 2, base, 'LR = 0.3\n');
  const request = { loop: LOOP, tag: 'settle', source, events: [] };
  await settle({ ...request, tip: base, experiments: [keep(1, tip)], head: tip });
  const result = await settle({ ...request, tip, experiments: [keep(2, elsewhere)], head: elsewhere });
  expect(result.tip).not.toBe(elsewhere);
  expect([tipOf(folder), headOf(folder)]).toEqual([result.tip, result.tip]);
});
