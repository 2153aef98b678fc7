import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { replayFaults } from '../../../../src/domain/audit/replay.js';
import { auditFaults } from '../../../../src/domain/audit/verify.js';
import { sha256 } from '../../../../src/storage/audit/index.js';
import { readNumbers } from '../../../../src/storage/vault/index.js';
import { openDesk, type Desk } from '../../../support/steward-desk.js';
import {
  solver,
  toyQuery,
  toyRepository,
  writeSuite,
  writeVault,
  type ToyRepository,
} from '../../../support/toy-vault.js';

let repository: ToyRepository;
let incumbent: string;
let better: string;
let desk: Desk | null = null;

beforeAll(() => {
  repository = toyRepository();
  incumbent = repository.commit(solver(0.5));
  better = repository.commit(solver(0.2));
});

afterEach(() => {
  desk?.close();
  desk = null;
});

const query = (more: Parameters<typeof toyQuery>[0] = {}) =>
  toyQuery({ repository: repository.folder, incumbent, candidate: better, ...more });

const audit = async ({ deps, root }: Desk) => {
  const records = await deps.audit.records();
  const stored = { numbers: (hash: string) => readNumbers(root, hash), evidence: deps.evidence, sha256 };
  return [...auditFaults(records, sha256), ...replayFaults(records, stored)];
};

test('a better candidate pays, a worse one is harmful, the same one is flat', async () => {
  desk = await openDesk();
  const worse = repository.commit(solver(0.9));
  const same = repository.commit(`# as it was\n${solver(0.5)}`);
  const verdicts = [
    await desk.ask(query({ experiment: 1 })),
    await desk.ask(query({ experiment: 2, candidate: worse })),
    await desk.ask(query({ experiment: 3, candidate: same })),
  ].map(({ verdict }) => verdict);
  expect(verdicts).toEqual(['pays', 'harmful', 'flat']);
  expect(await audit(desk)).toEqual([]);
});

test('a question that is sent twice is asked and charged once, and gets the same answer', async () => {
  desk = await openDesk();
  const first = await desk.ask(query());
  const second = await desk.ask(query());
  expect(second).toEqual(first);
  const kinds = (await desk.deps.audit.records()).map(({ kind }) => kind);
  expect(kinds).toEqual(['rotate', 'query', 'score']);
});

test('the same question about another candidate is refused and raises an alarm', async () => {
  desk = await openDesk();
  await desk.ask(query());
  expect(await desk.ask(query({ candidate: incumbent }))).toMatchObject({
    verdict: 'invalid',
    reason: 'bad_question',
  });
  expect((await desk.deps.audit.records()).at(-1)).toMatchObject({ kind: 'alarm', what: 'changed_question' });
});

test('a candidate that crashes where the incumbent runs is harmful; where both crash nothing is learnt', async () => {
  desk = await openDesk();
  const crashing = repository.commit('raise SystemExit(3)\n');
  expect(await desk.ask(query({ candidate: crashing }))).toMatchObject({ verdict: 'harmful' });
  const both = query({ experiment: 2, candidate: crashing, incumbent: crashing });
  expect(await desk.ask(both)).toMatchObject({ verdict: 'invalid', reason: 'scorer_failed' });
});

test('an incumbent on which the scorer fails makes the answer invalid, and that is charged', async () => {
  desk = await openDesk();
  const mute = repository.commit('print("nothing")\n');
  const answer = await desk.ask(query({ incumbent: mute }));
  expect(answer).toMatchObject({ verdict: 'invalid', reason: 'scorer_failed', left: { passes: 999 } });
});

test('a finite suite answers by the ladder until its budget is spent, and then no more', async () => {
  desk = await openDesk((root) => writeSuite(root, { budget: { queries: 3, passes: 1 } }));
  const first = await desk.ask(query());
  expect(first).toMatchObject({ verdict: 'pays', left: { queries: 2, passes: 0 } });
  const second = await desk.ask(query({ experiment: 2 }));
  expect(second).toMatchObject({ verdict: 'invalid', reason: 'budget_spent', record: null });
  expect(await audit(desk)).toEqual([]);
});

test('a suite that answers by Thresholdout replays with the noise that was drawn', async () => {
  desk = await openDesk((root) =>
    writeSuite(root, { mechanism: 'thresholdout', budget: { queries: 9, passes: 9 } }),
  );
  expect(await desk.ask(query({ claimed: 0.3 }))).toMatchObject({ verdict: 'pays' });
  const boast = query({ experiment: 2, candidate: repository.commit(solver(0.9)), claimed: 0.3 });
  expect(await desk.ask(boast)).toMatchObject({ verdict: 'harmful' });
  expect(await audit(desk)).toEqual([]);
});

test('what does not depend on the vault is refused without a charge', async () => {
  desk = await openDesk((root) => {
    writeVault(root);
    writeSuite(root, { name: 'last', kind: 'reserve', eps: undefined });
  });
  const reasons = [
    await desk.ask(query({ vault: 'other' })),
    await desk.ask(query({ vault: '../vaults/toy' })),
    await desk.ask(query({ task: 'another' })),
    await desk.ask(query({ command: 'python3 mine.py' })),
    await desk.ask(query({ vault: 'last' })),
    await desk.ask(query({ candidate: '1'.repeat(40) })),
    await desk.ask(query({ candidate: 'HEAD' })),
  ].map(({ reason }) => reason);
  expect(reasons).toEqual([
    ...['unknown_vault', 'unknown_vault', 'not_pinned', 'not_pinned', 'reserve', 'no_commit', 'bad_question'],
  ]);
  expect((await desk.deps.audit.records()).every(({ kind }) => kind === 'rotate')).toBe(true);
});

test('a vault that was changed after it was sealed answers nothing and raises an alarm', async () => {
  desk = await openDesk();
  appendFileSync(join(desk.root, 'vaults', 'toy', 'score.py'), 'print("METRIC:loss=0")\n');
  expect(await desk.ask(query())).toMatchObject({ verdict: 'invalid', reason: 'vault_changed' });
  expect((await desk.deps.audit.records()).at(-1)).toMatchObject({ kind: 'alarm', what: 'vault_changed' });
});

test('without a sandbox nothing is run, unless the steward was told to', async () => {
  desk = await openDesk(undefined, { walls: null });
  expect(await desk.ask(query())).toMatchObject({ verdict: 'invalid', reason: 'no_sandbox' });
  const bare = await openDesk(undefined, { walls: 'none' });
  expect(await bare.ask(query())).toMatchObject({ verdict: 'pays' });
  bare.close();
});

test('a question whose first attempt died is heard again with the same seeds, at no further charge', async () => {
  desk = await openDesk();
  await desk.ask(query());
  const records = await desk.deps.audit.records();
  const [score] = records.slice(-1);
  const before = records.slice(0, -1).map((record) => JSON.stringify(record));
  writeFileSync(join(desk.root, 'audit.jsonl'), `${before.join('\n')}\n{"torn`);
  const answer = await desk.ask(query());
  const again = (await desk.deps.audit.records()).at(-1);
  expect(answer.verdict).toBe('pays');
  expect(again).toMatchObject({ kind: 'score', seeds: (score as { seeds?: number[] }).seeds });
  expect((await desk.deps.audit.records()).map(({ kind }) => kind)).toEqual([
    'rotate',
    'query',
    'alarm',
    'score',
  ]);
  expect(await audit(desk)).toEqual([]);
});

test('a question that died with the last answer of a budget begun gets it; who asks meanwhile does not', async () => {
  desk = await openDesk((root) => writeSuite(root, { budget: { queries: 3, passes: 1 } }));
  await desk.ask(query());
  const [seal, begun] = (await desk.deps.audit.records()).map((record) => JSON.stringify(record));
  writeFileSync(join(desk.root, 'audit.jsonl'), `${String(seal)}\n${String(begun)}\n`);
  expect(await desk.ask(query({ experiment: 2 }))).toMatchObject({ reason: 'budget_spent' });
  expect(await desk.ask(query())).toMatchObject({ verdict: 'pays', left: { queries: 2, passes: 0 } });
  expect(await audit(desk)).toEqual([]);
});

test('a keep must rest on an answer about that candidate', async () => {
  desk = await openDesk();
  const { record } = await desk.ask(query());
  const note = { v: 1, loop: 'toy/test', experiment: 1, kind: 'keep', candidate: better } as const;
  expect(await desk.note({ ...note, records: [record ?? ''] })).toMatchObject({ supported: true });
  expect(
    await desk.note({ ...note, experiment: 2, candidate: incumbent, records: [record ?? ''] }),
  ).toMatchObject({
    supported: false,
  });
  expect((await desk.deps.audit.records()).at(-1)).toMatchObject({ kind: 'alarm', what: 'unsupported_keep' });
  expect(await audit(desk)).toEqual([]);
});
