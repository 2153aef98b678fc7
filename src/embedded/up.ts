import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../contract/user-error.js';
import { PACKAGE_ROOT } from '../workers/package-root.js';
import type { Settings } from '../workers/settings.js';
import { checkPorts, checkSamePorts } from './check-ports.js';
import { controlEnvironment } from './child-environment.js';
import { grow, readDesired, writeDesired, type Desired } from './desired.js';
import { describeEngine, type Engine } from './engine.js';
import { engineState, readState, type EngineState } from './engine-state.js';
import { ensureHome } from './home-folder.js';
import { keeperOf } from './keeper-lock.js';
import { logFile, logTail, openLog } from './log-file.js';
import { stopProcess } from './stop-process.js';
import { replaces, workerMake } from './worker-make.js';

export interface UpOptions {
  /** devices of the CPU class that are needed at least */
  cpuDevices?: number;
  /** false: the servers alone, for workers elsewhere */
  workers?: boolean;
}

const PATIENCE_MS = 90_000;

/** Starts what is missing of servers and workers, detached; returns when all of it answers. */
export async function up(settings: Settings, options: UpOptions = {}): Promise<Engine> {
  ensureHome(settings);
  const desired = wish(settings, options);
  const notices: string[] = [];
  let keeper = keeperOf(settings.home);
  const running = keeper && readState(settings.home);
  if (running) {
    checkSamePorts(settings, running.ports);
    const make = workerMake(settings.environment);
    if (replaces(make, running.make) && keeper) {
      await stopProcess(keeper, 'SIGTERM', 5000);
      keeper = null;
    } else if (JSON.stringify(make) !== JSON.stringify(running.make)) notices.push(OTHER_VARIABLES);
  }
  if (keeper === null) await checkPorts(settings);
  writeDesired(settings.home, desired);
  if (keeper === null) startKeeper(settings);
  await untilReady(settings, desired);
  return describeEngine(settings, sum(desired.devices), notices);
}

const OTHER_VARIABLES =
  'The running workers were started with variables (keys, models) that this terminal lacks; they keep them. ' +
  "To use this terminal's, run `autolift down` first.";

/** Sees to it that n CPU candidates can run at a time on this machine. */
export async function ensureDevices(settings: Settings, n: number): Promise<Engine> {
  return await up(settings, { cpuDevices: n });
}

function wish(settings: Settings, options: UpOptions): Desired {
  const before = readDesired(settings.home);
  const workers = options.workers ?? true;
  if (!workers && !before?.workers) return { workers: false, devices: [] };
  const devices = before?.workers ? before.devices : [settings.cpuDevices];
  return { workers: true, devices: grow(devices, options.cpuDevices ?? 1) };
}

function startKeeper(settings: Settings): void {
  const main = join(PACKAGE_ROOT, 'dist', 'embedded', 'keeper-main.js');
  const log = openLog(settings.home, 'keeper');
  spawn(process.execPath, ['--max-old-space-size=64', main, '--home', settings.home], {
    env: { ...controlEnvironment(settings.environment), AUTOLIFT_HOME: settings.home },
    cwd: settings.home,
    detached: true,
    stdio: ['ignore', log, log],
  }).unref();
  closeSync(log);
}

async function untilReady(settings: Settings, desired: Desired): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  const wanted = JSON.stringify(desired);
  while (Date.now() < deadline) {
    const state = readState(settings.home);
    const current = state && keeperOf(settings.home)?.pid === state.keeper.pid ? state : null;
    if (current?.ready && JSON.stringify(current.desired) === wanted && engineState(settings).ready) return;
    if (state) explainFailure(settings, state);
    await sleep(25);
  }
  throw new UserError(
    `not everything answered within ${String(PATIENCE_MS / 1000)} s`,
    settings.home,
    'See the files in its logs folder; `autolift doctor` says what is wrong.',
  );
}

function explainFailure(settings: Settings, { problem, services }: EngineState): void {
  if (problem) throw new UserError(problem.what, problem.where, problem.fix);
  const failed = Object.entries(services).find(
    ([, { failures, healthy, exit }]) =>
      !healthy && (failures >= 4 || (failures >= 1 && exit === 'exit code 2')),
  );
  if (!failed) return;
  const [name, { exit }] = failed;
  throw new UserError(
    `${name} does not stay up (${exit ?? 'no reason known'}); the end of its log:\n${logTail(settings.home, name)}`,
    logFile(settings.home, name),
    'Mend what it names, then run `autolift up` again.',
  );
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
