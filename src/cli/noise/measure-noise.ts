import type { NoiseInput, NoiseResult } from '../../contract/noise.js';
import { ensureDevices } from '../../embedded/index.js';
import type { Settings } from '../../workers/settings.js';
import { checkNamedServers, withEngine } from '../engine.js';
import { engineNotices } from '../engine-notices.js';
import type { LoadedTask } from '../task/load-task.js';
import { preflight } from '../task/preflight.js';
import type { Terminal } from '../terminal.js';
import { runStudy } from './run-study.js';
import { cpuDevicesFor } from '../cpu-devices.js';

export interface StudyWanted {
  loaded: LoadedTask;
  repeats: number;
  clones: number;
  quiet: boolean;
}

/** Checks the task as for a loop, but for its proposers: nobody proposes anything here. */
const clear = async ({ loaded }: StudyWanted, settings: Settings, terminal: Terminal) => {
  const proposer = { kind: 'mutate' as const, weight: 1, edits: 1 };
  const task = { ...loaded.task, proposer };
  const local = settings.temporal.kind === 'embedded';
  const cleared = await preflight({ ...loaded, task }, { home: settings.home, env: terminal.env, local });
  return { ...cleared, task };
};

/** Starts what is missing of the engine, and the study on it; null if a person left it. */
export const measureNoise = async (
  settings: Settings,
  wanted: StudyWanted,
  terminal: Terminal,
): Promise<NoiseResult | null> => {
  const { source, task, notices } = await clear(wanted, settings, terminal);
  const { repeats, clones } = wanted;
  await checkNamedServers(settings);
  const { notices: ofEngine } = await ensureDevices(settings, {
    cpuDevices: cpuDevicesFor(task),
    models: false,
  });
  return withEngine(settings, async (engine) => {
    const waits = await engineNotices(engine, task);
    if (!wanted.quiet) for (const text of [...notices, ...ofEngine, ...waits]) terminal.err(`  ! ${text}`);
    const copies = clones === 0 ? '' : `-${String(clones)}`;
    const id = `${task.name}/noise/${source.baseCommit.slice(0, 12)}-${String(repeats)}${copies}`;
    const devices = [task.run.device].flat();
    const input: NoiseInput = { v: 1, id, task, source, devices, repeats, clones };
    return runStudy(engine, input, { terminal, quiet: wanted.quiet });
  });
};
