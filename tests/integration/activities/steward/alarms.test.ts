import { afterEach, beforeAll, expect, test } from 'vitest';
import type { AuditRecord } from '../../../../src/contract/audit.js';
import { alarmFaults } from '../../../../src/domain/audit/replay-alarms.js';
import { replayFaults } from '../../../../src/domain/audit/replay.js';
import { auditFaults } from '../../../../src/domain/audit/verify.js';
import { sha256 } from '../../../../src/storage/audit/index.js';
import { readNumbers } from '../../../../src/storage/vault/index.js';
import { openDesk, type Desk } from '../../../support/steward-desk.js';
import {
  CANARY,
  solver,
  toyQuery,
  toyRepository,
  writeVault,
  type ToyRepository,
} from '../../../support/toy-vault.js';

/** How far off the artifact is after each lift of the specification's drift: held out it brings .06 - .03 n. */
const DRIFTING = [0.5, 0.44, 0.41, 0.41, 0.44];
/** The same with what each lift claims. */
const HONEST = [0.8, 0.72, 0.64, 0.56, 0.48];

let repository: ToyRepository;
let desk: Desk | null = null;
beforeAll(() => {
  repository = toyRepository();
});
afterEach(() => {
  desk?.close();
  desk = null;
});

const sealed = (more: Record<string, unknown>) =>
  openDesk((root) => writeVault(root, { eps: 0.005, pairs: { least: 6, most: 6 }, ...more }));

/** Asks about each lift against the one before it, and says what was answered. */
const climb = async (
  at: Desk,
  offs: readonly number[],
  { claims, ...more }: { claims: number } & Parameters<typeof toyQuery>[0],
) => {
  const commits = offs.map((off, lift) =>
    repository.commit(solver(off, `# lift ${String(lift)} ${String(claims)}`)),
  );
  const answers = [];
  for (const [lift, candidate] of commits.entries()) {
    if (lift === 0) continue;
    const incumbent = commits[lift - 1] ?? '';
    const asked = { experiment: lift, repository: repository.folder, candidate, incumbent, claimed: claims };
    answers.push(await at.ask(toyQuery({ ...asked, ...more })));
  }
  return answers;
};

const faultsOf = ({ root }: Desk, records: readonly AuditRecord[]) => {
  const numbers = (hash: string) => readNumbers(root, hash);
  return [
    ...auditFaults(records, sha256),
    ...replayFaults(records, { numbers, evidence: desk!.deps.evidence, sha256 }),
    ...alarmFaults(records, numbers),
  ];
};

test('drift: an objective that claims .08 a lift is caught by the fourth, told once, paid for, and replayed', async () => {
  desk = await sealed({ unit: 1 });
  const answers = await climb(desk, DRIFTING, { claims: 0.08, level: 3 });
  const at = answers.findIndex(({ alarm }) => alarm === 'objective-drift');
  expect(at).toBeGreaterThanOrEqual(1);
  expect(at).toBeLessThan(4);
  const records = await desk.deps.audit.records();
  const alarm = records.find(({ kind }) => kind === 'alarm');
  expect(alarm).toMatchObject({ what: 'objective-drift', loop: 'toy/test' });
  const passes = answers.slice(0, at + 1).filter(({ verdict }) => verdict !== 'undecided').length;
  expect(answers[at]?.left).toEqual({ queries: 1000 - at - 1, passes: 1000 - passes - 1 });
  expect(faultsOf(desk, records)).toEqual([]);
});

test('drift: an objective whose claims hold is silent', async () => {
  desk = await sealed({ unit: 1 });
  const answers = await climb(desk, HONEST, { claims: 0.08, level: 3 });
  expect(answers.map(({ alarm }) => alarm)).toEqual(answers.map(() => undefined));
  expect(answers.map(({ verdict }) => verdict)).toEqual(answers.map(() => 'pays'));
});

test('game: claims that the holdout does not show are capture at any level but the objective', async () => {
  desk = await sealed({ unit: 1 });
  const falling = [0.4, 0.41, 0.42, 0.43];
  const answers = await climb(desk, falling, { claims: 0.05, level: 1 });
  expect(answers.findIndex(({ alarm }) => alarm === 'evaluator-capture')).toBeLessThan(3);
  expect(answers.some(({ alarm }) => alarm === 'evaluator-capture')).toBe(true);
});

test('the lowest level is watched only where the vault says what a unit is', async () => {
  desk = await sealed({});
  const quiet = await climb(desk, [0.4, 0.41, 0.42, 0.43], { claims: 0.05 });
  expect(quiet.some(({ alarm }) => alarm !== undefined)).toBe(false);
  desk.close();
  desk = await sealed({ unit: 1 });
  const watched = await climb(desk, [0.4, 0.41, 0.42, 0.43], { claims: 0.05 });
  expect(watched.some(({ alarm }) => alarm === 'evaluator-capture')).toBe(true);
});

test('a claim that its own noise explains is none', async () => {
  desk = await sealed({ unit: 1 });
  const answers = await climb(desk, [0.4, 0.4, 0.4, 0.4], { claims: 0.05, claimedError: 0.05 });
  expect(answers.some(({ alarm }) => alarm !== undefined)).toBe(false);
});

test('a question that is sent again gets the alarm that it got, and nothing is written twice', async () => {
  desk = await sealed({ unit: 1 });
  const lifts = [0.4, 0.41, 0.42, 0.43];
  const first = await climb(desk, lifts, { claims: 0.05, level: 2 });
  const written = (await desk.deps.audit.records()).length;
  const commits = (await desk.deps.audit.records()).flatMap((one) => (one.kind === 'query' ? [one] : []));
  const at = first.findIndex(({ alarm }) => alarm !== undefined);
  const { artifactHash: candidate, incumbentHash: incumbent } = commits[at]!;
  const asked = {
    experiment: at + 1,
    repository: repository.folder,
    candidate,
    incumbent,
    claimed: 0.05,
    level: 2,
  };
  const again = await desk.ask(toyQuery(asked));
  expect(again.alarm).toBe(first[at]?.alarm);
  expect(again.left).toEqual(first[at]?.left);
  expect((await desk.deps.audit.records()).length).toBe(written);
});

test('an alarm that is missing, or that nothing shows, breaks the audit', async () => {
  desk = await sealed({ unit: 1 });
  await climb(desk, [0.4, 0.41, 0.42, 0.43], { claims: 0.05, level: 1 });
  const records = await desk.deps.audit.records();
  const numbers = (hash: string) => readNumbers(desk!.root, hash);
  const alarm = records.find(({ kind }) => kind === 'alarm')!;
  expect(
    alarmFaults(
      records.filter((one) => one !== alarm),
      numbers,
    )[0]?.what,
  ).toContain('followed by no alarm');
  const [score] = records.filter(({ kind }) => kind === 'score');
  const invented = [{ ...alarm, score: score!.i } as AuditRecord];
  const others = records.filter((one) => one !== alarm);
  expect(alarmFaults([...others, ...invented], numbers)[0]?.what).toMatch(/don't show|followed by no alarm/);
});

test('leak: a candidate that holds a token is not measured, and nobody is answered any more', async () => {
  desk = await openDesk((root) => writeVault(root, { canaries: [CANARY] }));
  const incumbent = repository.commit(solver(0.5));
  const ask = (candidate: string, experiment: number) =>
    desk!.ask(toyQuery({ repository: repository.folder, incumbent, candidate, experiment }));
  expect(await ask(repository.commit(solver(0.4)), 1)).toMatchObject({ verdict: 'pays' });
  const leaking = repository.commit(solver(0.3, `# ${CANARY}`));
  expect(await ask(leaking, 2)).toMatchObject({ verdict: 'invalid', reason: 'leak', record: null });
  expect(await ask(leaking, 2)).toMatchObject({ reason: 'leak' });
  expect(await ask(repository.commit(solver(0.2)), 3)).toMatchObject({ verdict: 'invalid', reason: 'burnt' });
  const records = await desk.deps.audit.records();
  expect(records.map((one) => (one.kind === 'alarm' ? one.what : one.kind))).toEqual([
    'rotate',
    'query',
    'score',
    'leak',
  ]);
  expect(faultsOf(desk, records)).toEqual([]);
});

test('leak: a token in the name of a file, far into a large one, or in the message, is found; without tokens nothing is', async () => {
  const incumbent = repository.commit(solver(0.5));
  const named = repository.commit(solver(0.4), { [`${CANARY}.txt`]: '' });
  const deep = repository.commit(solver(0.4), {
    [`${CANARY}.txt`]: '',
    'big.txt': `${'x'.repeat(65_530)}${CANARY}`,
  });
  const said = repository.commit(solver(0.35), {}, `better\n\nas ${CANARY} says`);
  for (const [canaries, candidate, reason] of [
    [[CANARY], said, 'leak'],
    [[CANARY], named, 'leak'],
    [[CANARY], deep, 'leak'],
    [[], named, null],
  ] as const) {
    desk = await openDesk((root) => writeVault(root, { canaries }));
    const asked = { repository: repository.folder, incumbent, candidate };
    expect((await desk.ask(toyQuery(asked))).reason).toBe(reason);
    desk.close();
  }
  desk = null;
});
