import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../contract/user-error.js';
import { PACKAGE_ROOT } from '../workers/package-root.js';
import type { Settings } from '../workers/settings.js';
import { checkPorts, checkSamePorts } from './check-ports.js';
import { controlEnvironment } from '../workers/child-environment.js';
import { grow, most, readDesired, writeDesired, type Desired } from './desired.js';
import { down } from './down.js';
import { describeEngine, type Engine } from './engine.js';
import { engineState, readState, type EngineState } from './engine-state.js';
import { ensureHome } from './home-folder.js';
import { keeperOf } from './keeper-lock.js';
import { logFile, logTail, openLog } from './log-file.js';
import { signal, type ProcessIdentity } from './process-identity.js';
import { stopProcess } from './stop-process.js';
import { makeDigest, replaces, workerMake } from './worker-make.js';

export interface UpOptions {
  /** devices of the CPU class that are needed at least */
  cpuDevices?: number;
  /** false: the servers alone, for workers elsewhere */
  workers?: boolean;
  /** whether a task asks a holdout */
  steward?: boolean;
}

const PATIENCE_MS = 90_000;

/** Starts what is missing of servers and workers, detached; returns when all of it answers. */
export async function up(settings: Settings, options: UpOptions = {}): Promise<Engine> {
  ensureHome(settings);
  const desired = wish(settings, options);
  const { keeper, notices } = await livingKeeper(settings);
  if (keeper === null) await checkPorts(settings);
  const before = readState(settings.home);
  writeDesired(settings.home, desired);
  const started = keeper === null ? startKeeper(settings) : null;
  if (keeper !== null) signal(keeper, 'SIGHUP');
  try {
    await untilReady(settings, { desired, started, before: keeper === null ? before : null });
  } catch (error) {
    // nothing is left half started, but what ran before goes on
    if (started !== null && before === null) await down(settings);
    throw error;
  }
  return describeEngine(settings, most(desired.devices), notices);
}

/** The keeper of this folder; one of an older build or with fewer keys gives way, its processes live on. */
async function livingKeeper(
  settings: Settings,
): Promise<{ keeper: ProcessIdentity | null; notices: string[] }> {
  const keeper = keeperOf(settings.home);
  const running = readState(settings.home);
  if (keeper === null || running === null) return { keeper, notices: [] };
  checkSamePorts(settings, running.ports);
  const make = workerMake(settings.environment);
  if (!replaces(make, running.make))
    return { keeper, notices: makeDigest(make) === makeDigest(running.make) ? [] : [OTHER_VARIABLES] };
  await stopProcess(keeper, 'SIGTERM', 5000);
  return { keeper: null, notices: [] };
}

export const OTHER_VARIABLES =
  'The running workers were started with variables (keys, models) that this terminal lacks; they keep them. ' +
  "To use this terminal's, run `autolift down` first.";

/**
 * Sees to it that n CPU candidates can run at a time on this machine. Where both servers are somebody else's, so are
 * the workers, unless `up` was asked for some here.
 */
export async function ensureDevices(settings: Settings, n: number, steward = false): Promise<Engine> {
  const elsewhere = settings.temporal.kind === 'external' && settings.database.kind === 'external';
  if (elsewhere && keeperOf(settings.home) === null) return describeEngine(settings, 0, []);
  return await up(settings, { cpuDevices: n, steward });
}

function wish(settings: Settings, options: UpOptions): Desired {
  const before = readDesired(settings.home);
  const workers = options.workers ?? true;
  if (!workers && !before?.workers) return { workers: false, devices: [] };
  const devices = before?.workers ? before.devices : [settings.cpuDevices];
  // once needed, always kept: another loop may be waiting for its answer
  const steward = options.steward || settings.steward.wanted || before?.steward;
  const wished = { workers: true, devices: grow(devices, options.cpuDevices ?? 1) };
  return steward ? { ...wished, steward: true } : wished;
}

function startKeeper(settings: Settings): ChildProcess {
  const main = join(PACKAGE_ROOT, 'dist', 'embedded', 'keeper-main.js');
  if (!existsSync(main)) throw new UserError('autolift is not built', main, 'Run `npm run build`.');
  const log = openLog(settings.home, 'keeper');
  const child = spawn(process.execPath, ['--max-old-space-size=64', main, '--home', settings.home], {
    env: { ...controlEnvironment(settings.environment), AUTOLIFT_HOME: settings.home },
    cwd: settings.home,
    detached: true,
    stdio: ['ignore', log, log],
  });
  child.unref();
  closeSync(log);
  return child;
}

interface Start {
  desired: Desired;
  started: ChildProcess | null;
  /** what an earlier keeper wrote; its problems are not this one's */
  before: EngineState | null;
}

async function untilReady(settings: Settings, start: Start): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  const wanted = JSON.stringify(start.desired);
  while (Date.now() < deadline) {
    const state = readState(settings.home);
    const fresh =
      state && JSON.stringify(state.keeper) !== JSON.stringify(start.before?.keeper) ? state : null;
    if (fresh?.ready && JSON.stringify(fresh.desired) === wanted && engineState(settings).ready) return;
    if (fresh) explainFailure(settings, fresh);
    if (keeperOf(settings.home) === null) {
      // the one that lived a moment ago was being killed
      start.started ??= startKeeper(settings);
      if (start.started.exitCode !== null) throw notUp(settings, 'keeper', 'it ended');
    }
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
  if (failed) throw notUp(settings, failed[0], failed[1].exit ?? 'no reason known');
}

const notUp = (settings: Settings, name: string, reason: string): UserError =>
  new UserError(
    `${name} does not stay up (${reason}); the end of its log:\n${logTail(settings.home, name)}`,
    logFile(settings.home, name),
    'Mend what it names, then run `autolift up` again.',
  );
