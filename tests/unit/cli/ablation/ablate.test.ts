import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readWanted, type AblationFlags } from '../../../../src/cli/ablation/ablation-flags.js';
import { planAblation } from '../../../../src/cli/ablation/plan-ablation.js';
import { runCli } from '../../../../src/cli/run-cli.js';
import { fakeTerminal } from '../fake-terminal.js';

const EXAMPLES = new URL('../../../../examples/', import.meta.url).pathname;
const HAND = 'novelty+line-search+sweep';

let folder: string;

const write = (name: string, text: string): void => {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
};

const git = (...args: string[]) =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args]);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'autolift-ablate-'));
  for (const name of ['k-module', 'sine', 'outer-loop'])
    cpSync(join(EXAMPLES, name), join(folder, name), { recursive: true });
  write('tuned/process/process.yaml', 'batch: 2\nrestarts: { after: 5 }\n');
  write('both/process/process.yaml', 'restarts: { after: 9 }\n');
  write('both/process/mechanism.js', readFileSync(join(EXAMPLES, '../mechanisms/tabu.js'), 'utf8'));
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'tasks');
});

const cli = async (...words: string[]) => {
  const terminal = fakeTerminal(folder, {
    AUTOLIFT_HOME: join(folder, '.home'),
    PATH: process.env['PATH'] ?? '',
  });
  const code = await runCli(['ablate', ...words], terminal);
  return { code, err: terminal.said.join('\n').replaceAll(folder, '.') };
};

const plan = async (where: string[], flags: Partial<AblationFlags> = {}) => {
  const options = { home: folder, env: process.env, local: true, cwd: folder };
  return (await planAblation(where, readWanted({ hand: HAND, ...flags }), options)).input;
};

test.each([
  [['--arms', 'A,Q'], 'there is no arm "Q"'],
  [['--arms', 'A'], 'one arm has nothing to be compared with'],
  [['--n', '1'], '"1" is not a whole number of at least 2'],
  [['--tasks', 'k-modul'], 'there is no task "k-modul" — did you mean "k-module"?'],
  [['--method', 'A=tuned'], 'arm A takes no method; B, C and D do'],
  [['--method', 'tuned'], '"tuned" names no arm'],
  [['--method', 'B=tuned', '--method', 'B=both'], 'arm B is given two methods, tuned and both'],
  [['--method=C=tuned', '--method', 'C=both,B=tuned'], 'arm C is given two methods, tuned and both'],
  [
    ['--arms', 'A,S', '--method', 'B=tuned', '--method', 'B=tuned'],
    'a method is given for arm B, which is left out',
  ],
  [
    ['--arms', 'A,C', '--method', 'C=tuned', '--method', 'B=tuned'],
    'a method is given for arm B, which is left out',
  ],
  [['--arms', 'A,S', '--method', 'B=tuned'], 'a method is given for arm B, which is left out'],
  [['--arms', 'A,C', '--method', 'C=tuned'], 'arm C needs a mechanism, and this method has none'],
  [['--arms', 'A,B', '--method', 'B=both'], 'arm B is the parameter level, and this method has a mechanism'],
  [['--arms', 'A,B', '--method', 'B=nowhere'], 'there is no such folder or file'],
  [['--arms', 'A,B', '--method', 'B=k-module'], 'there is no method here'],
  [['--arms', 'A,D'], 'nobody here writes mechanisms, which arm D searches'],
  [['--arms', 'A,H', '--hand', 'tabuu'], 'the library has no mechanism "tabuu" — did you mean "tabu"?'],
])('%j is answered with one message', async (flags, what) => {
  const { code, err } = await cli('outer-loop', ...flags);
  expect(code).toBe(2);
  expect(err).toContain(what);
  expect(err).not.toContain('\n    at ');
});

test('what is no task, or no task that can be ablated, is told', async () => {
  expect((await cli('nowhere')).err).toContain('there is no such folder or file');
  expect((await cli('sine')).err).toContain("sine doesn't say what score would count as 1");
  expect((await cli('k-module', 'outer-loop')).err).toContain('brings tasks of its own');
  expect((await cli('k-module', '--arms', 'A,B')).err).toContain('plain tasks have no outer loop');
});

test('the same question has the same id, whatever was committed elsewhere meanwhile', async () => {
  const flags = { arms: 'A,S', n: '3', tasks: 'k-module' };
  const { id } = await plan(['outer-loop'], flags);
  expect(id).toMatch(/^ablation\/outer-loop-[0-9a-f]{8}$/);
  write('notes.md', 'a thought');
  git('add', '-A');
  git('commit', '-qm', 'notes');
  expect((await plan(['outer-loop'], flags)).id).toBe(id);
  expect((await plan(['outer-loop'], { ...flags, parallel: '2' })).id).toBe(id);
  for (const other of [{ n: '4' }, { seed: '1' }, { experiments: '7' }, { tasks: 'sine' }, { arms: 'A,H' }])
    expect((await plan(['outer-loop'], { ...flags, ...other })).id).not.toBe(id);
});

test('arms differ in what they are called after, and in nothing else', async () => {
  const { plans, searches } = await plan(['outer-loop'], {
    arms: 'A,A+,R,S,B,C,D,H',
    method: 'B=tuned,C=both,D=both',
    experiments: '6',
  });
  expect(searches).toEqual({});
  const policy = (arm: keyof typeof plans) => plans[arm]?.method.policy;
  const mechanisms = Object.entries(plans).map(([arm, one]) => [
    arm,
    one.method.policy.mechanism?.name ?? null,
  ]);
  expect(Object.fromEntries(mechanisms)).toEqual({
    A: null,
    'A+': null,
    R: null,
    S: 'identity',
    B: null,
    C: 'tabu',
    D: 'tabu',
    H: 'novelty + line-search + sweep',
  });
  expect(policy('A')?.restarts?.after).toBe(20);
  expect(policy('B')?.restarts?.after).toBe(5);
  expect(policy('C')?.restarts?.after).toBe(9);
  expect(policy('D')?.restarts).toEqual(policy('A')?.restarts);
  expect(policy('R')?.restarts).toBeNull();
  const budgets = Object.values(plans).map(({ tasks }) => tasks[0]?.budget);
  expect(budgets.every((budget) => budget?.wallClock === undefined)).toBe(true);
  // a mechanism is asked with all verdicts: nobody else may propose ahead of them either, or be spared of it
  expect(Object.values(plans).flatMap(({ tasks }) => tasks.map(({ ahead }) => ahead))).toEqual(
    Array.from({ length: 16 }, () => 0),
  );
  expect(plans['A+']?.tasks.map(({ budget }) => budget.experiments)).toEqual([24, 24]);
  for (const arm of ['A', 'R', 'S', 'B', 'C', 'D', 'H'] as const)
    expect(plans[arm]?.tasks.map(({ budget }) => budget.experiments)).toEqual([6, 6]);
});

test('an outer task searches for methods that nobody gave, each arm in its own files', async () => {
  const { searches, arms, plans, plus } = await plan(['outer-loop'], {
    arms: 'A,A+,B',
    'outer-experiments': '2',
  });
  expect(arms).toEqual(['A', 'A+', 'B']);
  expect(plus).toBeNull();
  expect(plans.B).toBeUndefined();
  expect(searches.B).toMatchObject({
    level: 4,
    task: { editable: ['method/process/process.yaml'], budget: { experiments: 2 } },
  });
  expect(plans['A+']?.tasks[0]?.budget.experiments).toBe(40);
});

test('several plain tasks can be named, with all arms that need no search', async () => {
  const { research, arms } = await plan(['k-module'], {});
  expect(research.tasks.map(({ task, target }) => [task.name, target])).toEqual([['k-module', 1]]);
  expect(arms).toEqual(['A', 'A+', 'R', 'S', 'H']);
});
