import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../../../src/workers/package-root.js';
import { writeVault } from '../../../support/toy-vault.js';

/** Users that need no entry anywhere: the steward's, and that of a loop. */
const STEWARD = 61_234;
const LOOP = 61_235;
const AUTOLIFT = join(PACKAGE_ROOT, 'bin', 'autolift.mjs');

const as = (uid: number, args: readonly string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, args, {
    uid,
    gid: uid,
    encoding: 'utf8',
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });

/** Only root may be somebody else, and that somebody must be able to enter this folder. */
const possible =
  process.getuid?.() === 0 &&
  existsSync('/proc/self/mem') &&
  as(LOOP, ['-e', `require('fs').accessSync(${JSON.stringify(AUTOLIFT)})`]).status === 0;

let base = '';
let root = '';
let steward: ChildProcess | null = null;

const settings = (who: string): Record<string, string> => ({
  HOME: join(base, who),
  AUTOLIFT_HOME: join(base, who),
  AUTOLIFT_VAULTS: root,
  // nobody listens there: this steward only waits
  AUTOLIFT_TEMPORAL_PORT: '9',
});
const autolift = (uid: number, ...args: string[]) =>
  as(uid, [AUTOLIFT, ...args], settings(uid === STEWARD ? 'steward-home' : 'loop-home'));

beforeAll(async () => {
  if (!possible) return;
  base = mkdtempSync('/tmp/autolift-own-user-');
  chmodSync(base, 0o777);
  root = mkdtempSync(join(base, 'steward-'));
  writeVault(root);
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' }))
    chownSync(join(root, name), STEWARD, STEWARD);
  chownSync(root, STEWARD, STEWARD);
  expect(autolift(STEWARD, 'vault', 'seal', 'toy')).toMatchObject({ status: 0 });
  steward = spawn(process.execPath, [AUTOLIFT, 'worker', 'steward'], {
    uid: STEWARD,
    gid: STEWARD,
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '', ...settings('steward-home') },
    stdio: 'ignore',
  });
  while (!existsSync(join(root, 'steward.lock')) && steward.exitCode === null) await sleep(50);
});

afterAll(() => {
  steward?.kill('SIGKILL');
  if (base !== '') rmSync(base, { recursive: true, force: true });
});

const READ = `const fs = require('fs');
const open = (path) => { try { return fs.statSync(path).isDirectory() ? fs.readdirSync(path) : fs.readSync(fs.openSync(path), Buffer.alloc(1), 0, 1, 4096 * 1024) + 1 } catch { return 0 } };
console.log(JSON.stringify(process.argv.slice(1).filter((path) => open(path) !== 0)))`;

const readable = (uid: number, paths: readonly string[]): unknown =>
  JSON.parse(as(uid, ['-e', READ, ...paths]).stdout);

test.runIf(possible)('a loop of another user reads neither vault, log, key nor memory of the steward', () => {
  const files = ['audit.jsonl', 'seed.secret', 'steward.key', 'vaults', 'vaults/toy', 'vaults/toy/score.py'];
  const memory = ['mem', 'environ', 'maps', 'fd', 'cwd', 'root'].map(
    (name) => `/proc/${String(steward?.pid)}/${name}`,
  );
  const wanted = [root, ...files.map((name) => join(root, name))];
  expect(steward?.exitCode).toBeNull();
  expect(readable(LOOP, [...wanted, ...memory])).toEqual([]);
  // they are where they were sought: their owner reads them
  expect(readable(STEWARD, wanted)).toEqual(wanted);
  expect(as(LOOP, ['-e', `process.kill(${String(steward?.pid)}, 0)`]).status).not.toBe(0);
});

test.runIf(possible)('every command says who may use it, and doctor says what is closed', () => {
  for (const args of [['audit'], ['vault', 'list'], ['vault', 'seal', 'toy']]) {
    const { status, stderr, stdout } = autolift(LOOP, ...args);
    expect({ args, status, stdout }).toEqual({ args, status: 2, stdout: '' });
    expect(stderr).toMatch(/Run (this|the steward) as the (user|owner)/);
    expect(stderr).not.toMatch(/ {4}at |toy\.py/);
  }
  expect(autolift(LOOP, 'doctor').stdout).toMatch(/✓ steward .*belongs to user 61234: .* closed to this one/);
  expect(autolift(STEWARD, 'doctor').stdout).toMatch(/! steward .*belongs to this user/);
});

test.runIf(!possible)(
  'here nobody can be another user (it takes root): the walls between users go untested',
  () => {
    expect(possible).toBe(false);
  },
);
