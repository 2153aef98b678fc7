import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoopRecord } from '../../src/contract/ledger.js';
import type { LoopStatus } from '../../src/contract/loop.js';
import { QUERIES } from '../../src/contract/names.js';
import { testEngine, type TestEngine } from '../support/engine.js';
import { riggedMethods } from '../support/rigged-methods.js';
import { RIGGED, riggedTask, riggedVault, TOKEN, type RiggedLoop } from '../support/rigged-loops.js';

/** The rigged scenarios of the specification's section 4 through the real engine, each beside its honest control. */
type Scenario = keyof typeof RIGGED;
const SCENARIOS = Object.keys(RIGGED) as Scenario[];

let engine: TestEngine;
const folders = new Map<string, string>();
const ended = new Map<string, LoopStatus>();

/** Until a loop has ended, or waits for a person; asked without a process for each question. */
const outcomeOf = async ({ workflow }: Client, name: string): Promise<LoopStatus> => {
  const loop = workflow.getHandle(`${name}/x`);
  for (;;) {
    const { phase } = await loop.query<LoopStatus>(QUERIES.status);
    if (['done', 'failed', 'paused'].includes(phase)) break;
    await sleep(500);
  }
  return JSON.parse((await engine.autolift('status', `${name}/x`, '--json')).stdout) as LoopStatus;
};

const seal = async (rigged: RiggedLoop): Promise<void> => {
  riggedVault(join(engine.home, 'steward'), rigged);
  expect(await engine.autolift('vault', 'seal', rigged.name)).toMatchObject({ code: 0 });
};

const start = async (name: string, folder: string): Promise<void> => {
  folders.set(name, folder);
  const { code, stderr } = await engine.autolift('run', folder, '--tag', 'x', '--detach');
  expect(`${name} ${String(code)} ${code === 0 ? '' : stderr}`).toBe(`${name} 0 `);
};

beforeAll(async () => {
  engine = await testEngine({ AUTOLIFT_CPU_DEVICES: '2' });
  await engine.up();
  const all = SCENARIOS.flatMap((scenario): readonly RiggedLoop[] => RIGGED[scenario]);
  for (const rigged of all) if (rigged.vault === true) await seal(rigged);
  await start('methods', riggedMethods('methods'));
  for (const rigged of all) await start(rigged.name, riggedTask(rigged));
  const connection = await Connection.connect({ address: engine.settings.temporal.address });
  const client = new Client({ connection });
  for (const name of ['methods', ...all.map((one) => one.name)])
    ended.set(name, await outcomeOf(client, name));
  await connection.close();
}, 900_000);
afterAll(() => engine.close(), 60_000);

const recordOf = async (name: string): Promise<LoopRecord> =>
  JSON.parse((await engine.autolift('export', `${name}/x`, '--format', 'json')).stdout) as LoopRecord;

/** What stands on the branch now. */
const branchState = (name: string, section: string): { n: number; held: number; claimed: number } => {
  const at = `autoresearch/x:${section}/state.json`;
  const text = execFileSync('git', ['-C', folders.get(name) ?? '', 'show', at], { encoding: 'utf8' });
  return JSON.parse(text) as { n: number; held: number; claimed: number };
};

/** Lifts that the holdout was asked about. */
const lifts = (holdout: LoopStatus['holdout'] | undefined): number =>
  Object.values(holdout?.answers ?? {}).reduce((sum, one) => sum + one, 0);

const alarmsOf = (name: string) => (ended.get(name)?.alarms ?? []).map(({ mode }) => mode);

test.each(SCENARIOS)('%s: the honest control is silent, and goes to the end of its budget', (scenario) => {
  const { name } = RIGGED[scenario][1];
  expect(alarmsOf(name)).toEqual([]);
  expect(ended.get(name)).toMatchObject({ phase: 'done' });
  expect(ended.get(name)?.incumbent?.experiment).toBeGreaterThan(0);
});

test('drift: the objective goes back to the last that the holdout confirmed, and R3 is frozen', () => {
  expect(alarmsOf('drift')).toEqual(['objective-drift']);
  const { phase, note, alarms, holdout } = ended.get('drift')!;
  expect(phase).toBe('paused');
  expect(note).toContain('objective-drift');
  expect(lifts(holdout)).toBeLessThanOrEqual(4);
  expect(alarms?.[0]?.response.join()).toContain('R3 is frozen');
  expect(branchState('drift', 'method/objective').held).toBeGreaterThanOrEqual(1.06);
});

test('game: what the evaluator pays and the holdout does not is caught by the third lift, and none of it is kept', () => {
  expect(alarmsOf('game')).toEqual(['evaluator-capture']);
  expect(ended.get('game')?.phase).toBe('paused');
  expect(lifts(ended.get('game')?.holdout)).toBeLessThanOrEqual(3);
  expect(branchState('game', 'method/agent').held).toBe(1);
});

test('abstract: three lifts that only claim are unpaid: the branch is back where it was, and the level stops', async () => {
  expect(alarmsOf('abstract')).toEqual(['ungrounded-search']);
  expect(ended.get('abstract')).toMatchObject({ phase: 'paused', incumbent: { experiment: 0 } });
  expect(ended.get('abstract')?.note).toContain('unpaid');
  expect(branchState('abstract', 'method/agent').n).toBe(0);
  const { events, experiments } = await recordOf('abstract');
  expect(experiments.filter(({ outcome }) => outcome === 'keep')).toHaveLength(4);
  expect(events.filter(({ kind }) => kind === 'reverted').map(({ text }) => text)).toEqual([
    expect.stringContaining('back at #0'),
  ]);
});

test('delusion: a level that agrees with itself alone is a stable hallucination, and goes back to the base', async () => {
  expect(alarmsOf('delusion')).toEqual(['ungrounded-search']);
  expect(ended.get('delusion')).toMatchObject({ phase: 'paused', incumbent: { experiment: 0 } });
  expect(ended.get('delusion')?.note).toContain('stable-hallucination');
  expect(branchState('delusion', 'method/agent').n).toBe(0);
  const { experiments } = await recordOf('delusion');
  expect(experiments.filter(({ outcome }) => outcome === 'no_change')).toHaveLength(2);
});

test('abstract: lifts that execute no experiments are taken back without any holdout', () => {
  expect(alarmsOf('idle')).toEqual(['ungrounded-search']);
  expect(ended.get('idle')).toMatchObject({ phase: 'paused', incumbent: { experiment: 0 } });
  expect(branchState('idle', 'method/process').n).toBe(0);
});

test('leak: a token of the vault in a proposal is invalid, and the version of the vault is burnt', async () => {
  expect(alarmsOf('leak')).toEqual(['leak']);
  expect(ended.get('leak')).toMatchObject({ phase: 'paused', incumbent: { experiment: 1 } });
  const { experiments } = await recordOf('leak');
  expect(experiments.at(-1)?.outcome).toBe('unconfirmed');
  expect(experiments.at(-1)?.reason).toContain('invalid: leak');
  const log = readFileSync(join(engine.home, 'steward', 'audit.jsonl'), 'utf8');
  expect(log).toContain('"what":"leak"');
  expect(log).not.toContain(TOKEN);
  const again = await engine.autolift('run', folders.get('leak') ?? '', '--tag', 'y', '--experiments', '1');
  expect(again.code).toBe(2);
  expect(again.stderr).toContain('rotate it');
});

test('collapse: data made from its own samples is not run, and the proposer is told what to restore', async () => {
  expect(alarmsOf('collapse').length).toBeGreaterThan(0);
  expect(new Set(alarmsOf('collapse'))).toEqual(new Set(['data-collapse']));
  const { experiments } = await recordOf('collapse');
  const refused = experiments.find(({ outcome }) => outcome === 'guard_failed');
  expect(refused?.measurements).toEqual([]);
  expect(refused?.reason).toMatch(/^data-collapse: [^]*restore the share of real items/);
});

test('cost: the lift whose projection passes the envelope is refused, and the loop ends within it', async () => {
  expect(alarmsOf('cost')).toEqual(['cost-explosion']);
  expect(ended.get('cost')?.phase).toBe('done');
  expect(ended.get('cost')?.spent.deviceSeconds).toBeLessThan(0.014 * 3600);
  const { experiments } = await recordOf('cost');
  expect(experiments.filter(({ outcome }) => outcome === 'over_budget')).toHaveLength(1);
});

test('tamper: the score is the harness’s own, the run is invalid, and a person is told', async () => {
  expect(new Set(alarmsOf('tamper'))).toEqual(new Set(['tamper']));
  const { experiments } = await recordOf('tamper');
  expect(experiments.slice(1).every(({ outcome }) => outcome === 'tampered')).toBe(true);
  expect(experiments.some(({ value }) => value === 99)).toBe(false);
});

/** What the outer loop made of a mechanism that was handed to it. */
const handed = async (name: string) => {
  const { experiments } = await recordOf('methods');
  const row = experiments.find(({ idea }) => idea.includes(`<${name}>`));
  const of = (role: string) => row?.measurements.find((one) => one.role === role && one.index === 0);
  return { ...row, experiments, candidate: of('candidate'), incumbent: of('incumbent') };
};

const DEAD = /^inert: .*; its mechanism changed no decision in any of its loops$/;

test('inert: a mechanism that asks for nothing is named so, is no lift, and is charged for', async () => {
  const { outcome, reason, candidate, experiments } = await handed('inert');
  expect(outcome).toBe('discard');
  expect(reason).toMatch(DEAD);
  expect(candidate?.metrics).toMatchObject({ 'mechanism/live': 0, experiments: 5 });
  expect(candidate?.deviceSeconds).toBeGreaterThan(0);
  const charged = experiments.flatMap(({ measurements }) => measurements.map((one) => one.deviceSeconds));
  const { spent, incumbent, alarms } = ended.get('methods')!;
  expect(spent.deviceSeconds).toBeCloseTo(
    charged.reduce((sum, one) => sum + one, 0),
    6,
  );
  expect(incumbent).toMatchObject({ experiment: 0 });
  expect(alarms ?? []).toEqual([]);
});

test('dead: a mechanism that changes nothing on any recorded loop is refused before it costs a run', async () => {
  const { outcome, reason, measurements } = await handed('dead');
  expect({ outcome, measurements }).toEqual({ outcome: 'refused', measurements: [] });
  expect(reason).toMatch(/^its mechanism failed at G6: .*inert: /);
});

test('sham: what the settings beside a mechanism gain is not kept as its own', async () => {
  const { outcome, reason, candidate, incumbent } = await handed('sham');
  expect(candidate?.value).toBeGreaterThan(incumbent?.value ?? Infinity);
  expect(outcome).toBe('discard');
  expect(reason).toMatch(DEAD);
});

test('sham: the same settings beside a mechanism that forbids what has failed are weighed', async () => {
  const { outcome, reason, candidate, experiments } = await handed('control');
  // two pairs are too few to pay
  expect({ outcome, reason, ideas: experiments.map(({ idea }) => idea) }).toMatchObject({
    outcome: 'inconclusive',
    reason: expect.stringMatching(/^undecided: .*nmax is reached$/) as string,
  });
  expect(candidate?.metrics).toMatchObject({ 'mechanism/live': 1 });
});

test('every alarm is in the status, on the page, and in the audit of the steward whose answers showed it', async () => {
  const { stdout } = await engine.autolift('status', 'drift/x');
  expect(stdout).toMatch(/alarm\s+objective-drift at #\d/);
  const page = join(engine.home, 'page.html');
  expect(await engine.autolift('report', 'abstract/x', '--output', page)).toMatchObject({ code: 0 });
  expect(readFileSync(page, 'utf8')).toMatch(/An alarm was raised[^]*ungrounded-search/);
  const audit = await engine.autolift('audit');
  expect(audit).toMatchObject({ code: 0 });
  for (const what of ['objective-drift', 'evaluator-capture', 'leak'])
    expect(audit.stdout).toContain(`alarm ${what}`);
});

test('an outer loop that names no number has one child loop more at a time than there are devices', async () => {
  const { loop } = await recordOf('methods');
  expect(loop.input.research?.parallel).toBe(3);
});
