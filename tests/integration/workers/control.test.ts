import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { down, up } from '../../../src/embedded/index.js';
import { PACKAGE_ROOT } from '../../../src/workers/package-root.js';
import type { Settings } from '../../../src/workers/settings.js';
import { ownEngine } from '../../support/engine-home.js';

let settings: Settings;
let worker: ChildProcess | null = null;

beforeEach(async () => {
  settings = await ownEngine();
});

afterEach(async () => {
  worker?.kill('SIGKILL');
  await down(settings);
  rmSync(settings.home, { recursive: true, force: true });
});

const start = (readyFile: string): ChildProcess => {
  worker = spawn(process.execPath, [join(PACKAGE_ROOT, 'dist', 'workers', 'control-main.js')], {
    env: { ...settings.environment, AUTOLIFT_READY_FILE: readyFile },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return worker;
};

test('a control worker that is started before its servers waits for them, and ends in good order', async () => {
  await up(settings, { workers: false });
  await down(settings);
  const ready = join(settings.home, 'ready');
  const child = start(ready);
  const [complaint] = (await once(child.stderr ?? child, 'data')) as [Buffer];
  expect(complaint.toString()).toMatch(/ledger: .*trying again/s);

  await up(settings, { workers: false });
  while (!existsSync(ready)) await sleep(50);

  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});

test('a database that was never made is an error that says what to do, not a wait', async () => {
  const child = start(join(settings.home, 'ready'));
  const text: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => text.push(chunk));
  expect(await once(child, 'close')).toEqual([2, null]);
  expect(Buffer.concat(text).toString()).toMatch(/never started\n {2}Run `autolift up`/);
});
