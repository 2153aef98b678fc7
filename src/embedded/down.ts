import type { Settings } from '../workers/settings.js';
import { forgetDesired, readDesired, serverServices, workerServices } from './desired.js';
import { forgetState, readState } from './engine-state.js';
import { findProcesses } from './find-processes.js';
import { keeperOf } from './keeper-lock.js';
import { removeLeftMemory } from './postgres-cluster.js';
import { isAlive, type ProcessIdentity } from './process-identity.js';
import type { Service } from './service.js';
import { stopProcess } from './stop-process.js';

const GRACE_MS = 12_000;

/** Stops workers, then servers, of this home folder; loops go on when they are started again. */
export async function down(settings: Settings): Promise<{ stopped: string[] }> {
  const keeper = keeperOf(settings.home);
  if (keeper) await stopProcess(keeper, 'SIGTERM', 5000);
  const workers = await stopAll(settings, knownWorkers(settings));
  const servers = await stopAll(settings, serverServices(settings));
  if (settings.database.kind === 'embedded') removeLeftMemory(settings.home);
  forgetDesired(settings.home);
  forgetState(settings.home);
  return { stopped: [...workers, ...servers] };
}

/** Also those that a keeper started and died before it could say so. */
function knownWorkers(settings: Settings): Service[] {
  const count = Math.max(readDesired(settings.home)?.devices.length ?? 0, 8);
  return workerServices(settings, { workers: true, devices: Array<number>(count).fill(1), steward: true });
}

async function stopAll(settings: Settings, services: Service[]): Promise<string[]> {
  const known = readState(settings.home)?.services ?? {};
  const stopped = await Promise.all(
    services.map(async ({ name, marks, stopSignal }) => {
      const remembered: ProcessIdentity[] = known[name] && isAlive(known[name]) ? [known[name]] : [];
      const found = [...remembered, ...findProcesses(marks)];
      await Promise.all(found.map((identity) => stopProcess(identity, stopSignal, GRACE_MS)));
      return found.length > 0 ? [name] : [];
    }),
  );
  return stopped.flat();
}
