import { execFile, execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoopRecord } from '../../src/contract/ledger.js';
import { repositoryWith, testEngine, type TestEngine } from '../support/engine.js';
import { RemoteHosts } from '../support/remote-hosts.js';
import { S3_KEYS, s3Setting, startS3, type S3Server } from '../support/s3-server.js';

const CLI = new URL('../../bin/autolift.mjs', import.meta.url).pathname;
const run = promisify(execFile);

const hosts = new RemoteHosts();
const tasks: Record<string, string> = {};
let engine: TestEngine;
let s3: S3Server;

/** Ten experiments on one class; the evaluator is no candidate's to see. */
const task = (name: string): string =>
  repositoryWith({
    'train.sh': 'A=531\nB=77\n',
    'evaluate.sh': '. "$AUTOLIFT_CANDIDATE/train.sh"; echo "evaluated by $0"; echo METRIC:x=$((A + B))\n',
    'task.yaml': `name: ${name}
editable: [train.sh]
run: { command: ". ./train.sh; echo trained with $A and $B", budget: 30s, device: ${name} }
measure: { command: sh evaluate.sh, metric: { name: x, direction: minimize } }
acceptance: { rule: strict }
budget: { experiments: 10 }
`,
  });

const startHost = (name: string, artifacts: Record<string, string>): void => {
  const { address } = engine.settings.temporal;
  hosts.start(name, { address, artifacts, hidden: [engine.home, ...Object.values(tasks)] });
};

/** The command line with other settings than the engine's. */
const autolift = async (extra: Record<string, string>, ...args: string[]): Promise<string> => {
  const env = { ...engine.settings.environment, ...extra };
  return (await run(process.execPath, [CLI, ...args], { env, maxBuffer: 64 * 1024 * 1024 })).stdout;
};

const recordOf = async (name: string): Promise<LoopRecord> =>
  JSON.parse(await autolift({}, 'export', `${name}/t`, '--format', 'json')) as LoopRecord;

const refs = (): string[] =>
  execFileSync('git', [`--git-dir=${hosts.remote}`, 'for-each-ref', '--format=%(refname)'], {
    encoding: 'utf8',
  })
    .split('\n')
    .filter((ref) => ref !== '');

/** What is the same of every loop here: it ended, on its own class, and fetched what it ran. */
const checkLoop = async (name: string): Promise<void> => {
  const { experiments } = await recordOf(name);
  expect(experiments.length).toBeGreaterThanOrEqual(11);
  const runs = experiments.flatMap(({ measurements }) => measurements);
  expect(runs.length).toBeGreaterThan(5);
  expect(new Set(runs.map(({ device }) => device.class))).toEqual(new Set([name]));
  expect(hosts.copies(name)).toBe(1);
};

beforeAll(async () => {
  s3 = await startS3();
  engine = await testEngine({
    AUTOLIFT_CPU_DEVICES: '1',
    AUTOLIFT_GIT_REMOTE: `file://${hosts.remote}`,
    AUTOLIFT_ARTIFACTS: hosts.store,
  });
  await engine.up();
  for (const name of ['alpha', 'beta', 'gamma']) tasks[name] = task(name);
  for (const name of ['alpha', 'beta']) startHost(name, { AUTOLIFT_ARTIFACTS: hosts.store });
  startHost('gamma', { AUTOLIFT_ARTIFACTS: s3Setting(s3), ...S3_KEYS });
}, 180_000);

afterAll(async () => {
  await hosts.close();
  await engine.close();
  await s3.close();
  for (const folder of Object.values(tasks)) rmSync(folder, { recursive: true, force: true });
}, 90_000);

test('two loops run on hosts of their own, which share nothing with control but a git remote and a store', async () => {
  await Promise.all(
    ['alpha', 'beta'].map(async (name) => autolift({}, 'run', tasks[name] ?? '', '--tag', 't')),
  );
  await Promise.all(['alpha', 'beta'].map(checkLoop));
  for (const name of ['alpha', 'beta']) {
    expect(refs()).toEqual(expect.arrayContaining([`refs/autolift/${name}/t/1`]));
    expect(await autolift({}, 'log', `${name}/t`, '0')).toBe('trained with 531 and 77\n');
    expect(await autolift({}, 'log', `${name}/t`, '0', '--evaluator')).toContain('evaluated by');
  }
  expect(existsSync(join(engine.home, 'blobs'))).toBe(false);
});

test('a host that keeps its logs in a bucket is read from the control side all the same', async () => {
  const bucket = { AUTOLIFT_ARTIFACTS: s3Setting(s3), ...S3_KEYS };
  await autolift(bucket, 'run', tasks['gamma'] ?? '', '--tag', 't');
  await checkLoop('gamma');
  expect(s3.objects.size).toBeGreaterThan(5);
  expect(await autolift(bucket, 'log', 'gamma/t', '0')).toBe('trained with 531 and 77\n');
  expect(await autolift(bucket, 'status', 'gamma/t')).toContain('gamma/t');
  const page = join(hosts.place, 'report.html');
  await autolift(bucket, 'report', 'gamma/t', '--output', page);
  expect(existsSync(page)).toBe(true);
  const checks = JSON.parse(await autolift(bucket, 'doctor', '--json')) as { name: string; state: string }[];
  expect(checks.filter(({ name }) => ['artifacts', 'remote'].includes(name))).toMatchObject([
    { name: 'artifacts', state: 'ok' },
    { name: 'remote', state: 'ok' },
  ]);
});

test('what loops that have ended left on the remote can be listed and cleaned', async () => {
  const before = refs().length;
  expect(before).toBeGreaterThan(15);
  expect(await autolift({}, 'remote', 'list')).toContain(`${String(before)} refs, `);
  expect(await autolift({}, 'remote', 'clean')).toContain(`${String(before)} deleted`);
  expect(refs()).toEqual([]);
});

test('a remote that cannot be reached stops a loop before it begins, and its password stays out of the message', async () => {
  const remote = { AUTOLIFT_GIT_REMOTE: 'https://ada:s3cret@127.0.0.1:1/x.git' };
  const said = await autolift(remote, 'run', tasks['alpha'] ?? '', '--tag', 'u').catch(
    (error: unknown) => error,
  );
  expect(said).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("the git remote can't be reached") as string,
  });
  expect((said as { stderr: string }).stderr).not.toContain('s3cret');
});
