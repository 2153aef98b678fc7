import type { Settings } from '../workers/settings.js';
import { checkPorts, checkSamePorts } from './check-ports.js';
import { serving, most, readDesired, writeDesired, type Desired } from './desired.js';
import { down } from './down.js';
import { describeEngine, type Engine } from './engine.js';
import { readState } from './engine-state.js';
import { ensureHome } from './home-folder.js';
import { keeperOf } from './keeper-lock.js';
import { signal, type ProcessIdentity } from './process-identity.js';
import { startKeeper } from './start-keeper.js';
import { stopProcess } from './stop-process.js';
import { untilReady } from './until-ready.js';
import { makeDigest, otherVariables, replaces, workerMake } from './worker-make.js';

export interface UpOptions {
  /** devices of the CPU class that are needed at least */
  cpuDevices?: number;
  /** false: the servers alone, for workers elsewhere */
  workers?: boolean;
  /** whether a task asks a holdout */
  steward?: boolean;
  /** false: the caller asks no model, and the running workers keep the keys and addresses that they have */
  models?: boolean;
}

/** What a loop that is about to run needs of this machine. */
export type DeviceNeeds = Required<Pick<UpOptions, 'cpuDevices' | 'models'>> & Pick<UpOptions, 'steward'>;

/** Starts what is missing of servers and workers, detached; returns when all of it answers. */
export async function up(settings: Settings, options: UpOptions = {}): Promise<Engine> {
  ensureHome(settings);
  const desired = wish(settings, options);
  const { keeper, ...said } = await livingKeeper(settings, options.models ?? true);
  if (keeper === null) await checkPorts(settings);
  const before = readState(settings.home);
  writeDesired(settings.home, desired);
  const started = keeper === null ? startKeeper(settings) : null;
  if (keeper !== null) signal(keeper, 'SIGHUP');
  try {
    await untilReady(settings, { desired, started, before, adopts: keeper !== null });
  } catch (error) {
    // nothing is left half started, but what ran before goes on
    if (started !== null && before === null) await down(settings);
    throw error;
  }
  return describeEngine(settings, most(desired.devices), said);
}

/** The keeper of this folder; one of an older build or with fewer keys gives way, its processes live on. */
async function livingKeeper(
  settings: Settings,
  models: boolean,
): Promise<Pick<Engine, 'notices' | 'taken'> & { keeper: ProcessIdentity | null }> {
  const keeper = keeperOf(settings.home);
  const running = readState(settings.home);
  if (keeper === null || running === null) return { keeper, notices: [], taken: [] };
  checkSamePorts(settings, running.ports);
  const make = workerMake(settings.environment);
  if (!replaces(make, running.make, models)) {
    const same = !models || makeDigest(make) === makeDigest(running.make);
    return { keeper, notices: same ? [] : [OTHER_VARIABLES], taken: [] };
  }
  await stopProcess(keeper, 'SIGTERM', 5000);
  return { keeper: null, notices: [], taken: otherVariables(make, running.make) };
}

export const OTHER_VARIABLES =
  'The running workers were started with variables (keys, models) that this terminal lacks; they keep them. ' +
  "To use this terminal's, run `autolift down` first.";

/**
 * Sees to it that n CPU candidates can run at a time on this machine. Where both servers are somebody else's, so are
 * the workers, unless `up` was asked for some here.
 */
export async function ensureDevices(
  settings: Settings,
  { cpuDevices, models, steward = false }: DeviceNeeds,
): Promise<Engine> {
  const elsewhere = settings.temporal.kind === 'external' && settings.database.kind === 'external';
  if (elsewhere && keeperOf(settings.home) === null) return describeEngine(settings, 0);
  return await up(settings, { cpuDevices, models, steward });
}

/** Gives the workers of this folder the caller's variables; null where none are kept running. */
export async function refreshWorkers(settings: Settings): Promise<Engine | null> {
  const kept = keeperOf(settings.home) !== null && readDesired(settings.home)?.workers === true;
  return kept ? await up(settings, { cpuDevices: 0 }) : null;
}

function wish(settings: Settings, options: UpOptions): Desired {
  const before = readDesired(settings.home);
  const workers = options.workers ?? true;
  if (!workers && !before?.workers) return { workers: false, devices: [] };
  const there = before?.workers ? before.devices : [];
  const devices = serving(there, options.cpuDevices ?? 1, settings.cpuDevices);
  // once needed, always kept: another loop may be waiting for its answer
  const steward = options.steward || settings.steward.wanted || before?.steward;
  const wished = { workers: true, devices };
  return steward ? { ...wished, steward: true } : wished;
}
