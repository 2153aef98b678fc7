import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoopRecord } from '../../src/contract/ledger.js';
import type { LoopStatus } from '../../src/contract/loop.js';
import { parseCsv } from '../support/parse-csv.js';
import { repositoryWith, testEngine, type TestEngine } from '../support/engine.js';

let engine: TestEngine;
beforeAll(async () => {
  engine = await testEngine({ AUTOLIFT_CPU_DEVICES: '2' });
  await engine.up();
}, 120_000);
afterAll(() => engine.close(), 60_000);

const task = (name: string, { seconds = 0.2, more = '' } = {}): string =>
  repositoryWith({
    'train.sh': 'A=531\nB=77\nC=1903\n',
    'notes.txt': 'committed\n',
    'task.yaml': `name: ${name}
editable: [train.sh]
run: { command: "sleep ${String(seconds)}; . ./train.sh; echo METRIC:x=$((A + B + C))", budget: 300s }
measure: { metric: { name: x, direction: minimize } }
acceptance: { rule: strict }
budget: { experiments: 200 }
${more}`,
  });

const ok = async (...args: string[]): Promise<string> => {
  const said = await engine.autolift(...args);
  expect(said.stderr + String(said.code)).toBe('0');
  return said.stdout;
};

const lines = (text: string): Record<string, unknown>[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const started = async (...args: string[]): Promise<string> => {
  const said = await engine.autolift(...args, '--detach', '--json');
  expect(said.stderr + String(said.code)).toBe('0');
  return String(lines(said.stdout).find(({ type }) => type === 'started')?.['loop']);
};

const status = async (loop: string): Promise<LoopStatus> =>
  JSON.parse(await ok('status', loop, '--json')) as LoopStatus;

const until = async (loop: string, holds: (status: LoopStatus) => boolean): Promise<LoopStatus> => {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const now = await status(loop);
    if (holds(now)) return now;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(now)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

const record = async (loop: string): Promise<LoopRecord> =>
  JSON.parse(await ok('export', loop, '--format', 'json')) as LoopRecord;

const git = (folder: string, ...args: string[]): string =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
    encoding: 'utf8',
  });

test('a loop is paused, steered, given another budget, resumed and ends there', async () => {
  const loop = await started('run', task('obedient'));
  await until(loop, ({ spent }) => spent.experiments >= 1);
  await ok('pause', loop, '--reason', 'lunch');
  const paused = await until(loop, ({ running }) => running.length === 0);
  expect([paused.phase, paused.note]).toEqual(['paused', expect.stringContaining('lunch')]);
  const steered = await engine.autolift('steer', loop, 'look at C');
  expect([steered.code, steered.stderr]).toEqual([0, expect.stringContaining('mutate reads no hints')]);
  const budget = paused.spent.experiments + 3;
  await ok('budget', loop, '--experiments', String(budget));
  const changed = await status(loop);
  expect([changed.hints, changed.budget.experiments]).toEqual([['look at C'], budget]);
  await ok('resume', loop);

  const watched = lines(await ok('watch', loop, '--json'));
  expect(watched.at(-1)).toMatchObject({ type: 'ended', phase: 'done' });
  const { experiments, events } = await record(loop);
  expect(experiments).toHaveLength(budget + 1);
  const kinds = events.map(({ kind }) => kind);
  expect(kinds).toEqual(
    expect.arrayContaining(['opened', 'paused', 'steered', 'budget', 'resumed', 'stopped']),
  );
  for (const word of ['pause', 'resume', 'stop']) {
    const late = await engine.autolift(word, loop);
    expect([word, late.code]).toEqual([word, 2]);
  }
});

test('stop --cancel ends a loop at once, in the middle of a run', async () => {
  const loop = await started('run', task('cancelled', { seconds: 200, more: 'concurrency: 2' }));
  await until(loop, ({ running }) => running.length > 0);
  await ok('stop', loop, '--cancel', '--reason', 'enough');
  const ended = await until(loop, ({ phase }) => phase === 'done' || phase === 'failed');
  expect(ended.elapsedSeconds).toBeLessThan(100);
  const { events } = await record(loop);
  expect(events.map(({ kind }) => kind)).not.toContain('paused');
});

test('stop --cancel after the baseline records what was in flight as cancelled', async () => {
  const folder = repositoryWith({
    'train.sh': 'A=531\n',
    'task.yaml': `name: stuck
editable: [train.sh]
run: { command: ". ./train.sh; [ $A = 531 ] || sleep 200; echo METRIC:x=$A", budget: 300s }
measure: { metric: { name: x, direction: minimize } }
acceptance: { rule: strict }`,
  });
  const loop = await started('run', folder);
  await until(loop, ({ baseline, running }) => baseline !== null && running.length > 0);
  await ok('stop', loop, '--cancel');
  expect((await until(loop, ({ phase }) => phase === 'done')).running).toEqual([]);
  const outcomes = (await record(loop)).experiments.map(({ outcome }) => outcome);
  expect(outcomes).toContain('cancelled');
  expect(outcomes.filter((outcome) => outcome !== 'keep' && outcome !== 'cancelled')).toEqual([]);
});

test('what waits for approval is approved or rejected by number', async () => {
  const loop = await started('run', task('asking', { more: 'approval: true' }), '--experiments', '12');
  const first = await until(loop, ({ awaitingApproval }) => awaitingApproval.length > 0);
  const approved = first.awaitingApproval[0]?.experiment ?? -1;
  const unknown = await engine.autolift('approve', loop, '199');
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('199')]);
  await ok('approve', loop, String(approved));
  const second = await until(
    loop,
    ({ awaitingApproval, phase }) =>
      phase === 'done' || awaitingApproval.some(({ experiment }) => experiment !== approved),
  );
  const rejected = second.awaitingApproval.find(({ experiment }) => experiment !== approved)?.experiment;
  if (rejected !== undefined) await ok('reject', loop, String(rejected), '--reason', 'too clever');
  await ok('stop', loop, '--cancel');
  await until(loop, ({ phase }) => phase === 'done');
  const { experiments } = await record(loop);
  const kept = experiments.filter(({ experiment, outcome }) => experiment > 0 && outcome === 'keep');
  expect(kept.map(({ experiment }) => experiment)).toEqual([approved]);
  const refused = experiments.find(({ experiment }) => experiment === rejected);
  expect(refused?.outcome).not.toBe('keep');
  if (refused !== undefined) expect(refused.reason).toContain('too clever');
});

test('a loop is exported in three formats, drawn, listed, and forked from a discarded experiment', async () => {
  const folder = task('exported', { seconds: 0 });
  const loop = await started('run', folder, '--experiments', '5');
  await until(loop, ({ phase }) => phase === 'done');
  const { experiments } = await record(loop);
  const csv = parseCsv(await ok('export', loop, '--format', 'csv'));
  expect(csv.filter((cells) => cells.length > 1)).toHaveLength(7);
  const tsv = (await ok('export', loop)).trim().split('\n');
  expect(tsv[0]).toBe('commit\tx\tmemory_gb\tstatus\tdescription');
  expect(tsv).toHaveLength(7);
  const svg = join(engine.home, 'curve.svg');
  await ok('report', loop, '--svg', svg);
  expect(readFileSync(svg, 'utf8')).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
  const listed = JSON.parse(await ok('loops', '--json')) as { loop: string; experiments: number }[];
  expect(listed.find((each) => each.loop === loop)?.experiments).toBeGreaterThanOrEqual(5);

  const from = experiments.find(({ commit, experiment }) => commit !== null && experiment > 0);
  const number = String(from?.experiment);
  const child = await started('fork', loop, number, '--tag', 'child', '--experiments', '2');
  await until(child, ({ phase }) => phase === 'done');
  const forked = await record(child);
  expect(forked.loop.input.forkedFrom).toEqual({
    loop,
    experiment: from?.experiment,
    trustClaims: false,
  });
  expect(forked.loop.input.source.baseCommit).toBe(from?.commit);
  const nowhere = await engine.autolift('fork', loop, '77');
  expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringContaining('77')]);
});

test('doctor says as JSON that this machine can run tasks', async () => {
  const checks = JSON.parse((await engine.autolift('doctor', '--json')).stdout) as { state: string }[];
  expect(checks.filter(({ state }) => state === 'fail')).toEqual([]);
});

const hashOf = (folder: string): Record<string, string> => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => join(parentPath, name).slice(folder.length + 1))
    .filter(
      (file) =>
        !/^\.git\/(objects|refs\/autolift|refs\/heads\/autoresearch|logs\/refs\/heads\/autoresearch)/.test(
          file,
        ),
    )
    .filter((file) => !file.endsWith('autolift.lock'));
  return Object.fromEntries(
    files.map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex'),
    ]),
  );
};

test('a dirty tree with hostile hooks and filters is left byte for byte as it was', async () => {
  const folder = task('untouched', { seconds: 0 });
  const pwned = join(engine.home, 'pwned');
  writeFileSync(join(folder, '.gitattributes'), '* filter=evil\n');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'attributes');
  for (const kind of ['clean', 'smudge'])
    git(folder, 'config', `filter.evil.${kind}`, `sh -c 'touch ${pwned}; cat'`);
  git(folder, 'config', 'core.fsmonitor', `touch ${pwned}; false`);
  mkdirSync(join(folder, '.git/hooks'), { recursive: true });
  for (const hook of [
    'pre-commit',
    'post-commit',
    'post-checkout',
    'reference-transaction',
    'post-index-change',
  ]) {
    writeFileSync(join(folder, '.git/hooks', hook), `#!/bin/sh\ntouch ${pwned}\n`);
    chmodSync(join(folder, '.git/hooks', hook), 0o755);
  }
  writeFileSync(join(folder, 'notes.txt'), 'changed, not staged\n');
  writeFileSync(join(folder, 'untracked.txt'), 'new\n');
  writeFileSync(join(folder, '.git/index.lock'), '');
  const before = hashOf(folder);
  const branches = git(folder, 'for-each-ref', 'refs/heads', 'refs/tags');
  const said = await engine.autolift('run', folder, '--tag', 'quiet', '--experiments', '6');
  expect(said.code).toBe(0);
  expect(hashOf(folder)).toEqual(before);
  expect(existsSync(pwned)).toBe(false);
  const after = git(folder, 'for-each-ref', 'refs/heads', 'refs/tags').split('\n');
  expect(after.filter((line) => !line.includes('refs/heads/autoresearch/quiet')).join('\n')).toBe(branches);
});
