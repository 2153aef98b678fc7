import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../contract/user-error.js';
import type { Settings } from '../workers/settings.js';
import type { Desired } from './desired.js';
import { engineState, readState, type EngineState } from './engine-state.js';
import { causeOf, explainEnd, type Ended } from './explain-end.js';
import { failedStarts } from './failed-starts.js';
import { keeperOf } from './keeper-lock.js';
import { logFile, logSince } from './log-file.js';
import { startKeeper, type StartedKeeper } from './start-keeper.js';

const PATIENCE_MS = 90_000;

export interface Start {
  desired: Desired;
  started: StartedKeeper | null;
  /** what was known before: problems of then are not this start's */
  before: EngineState | null;
  /** whether the keeper of then goes on */
  adopts: boolean;
}

/** Waits until all that is desired answers; throws once this start has shown that it will not. */
export async function untilReady(settings: Settings, start: Start): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  const wanted = JSON.stringify(start.desired);
  while (Date.now() < deadline) {
    const state = freshState(settings, start);
    if (state?.ready && JSON.stringify(state.desired) === wanted && engineState(settings).ready) return;
    if (state) refuseFailure(settings, state, start.before);
    if (keeperOf(settings.home) === null) {
      // the one that lived a moment ago was being killed
      start.started ??= startKeeper(settings);
      if (start.started.child.exitCode !== null) throw keeperEnded(settings, start, start.started);
    }
    await sleep(25);
  }
  throw new UserError(
    `not everything answered within ${String(PATIENCE_MS / 1000)} s`,
    settings.home,
    'See the files in its logs folder; `autolift doctor` says what is wrong.',
  );
}

function freshState({ home }: Settings, { before, adopts }: Start): EngineState | null {
  const state = readState(home);
  return adopts || JSON.stringify(state?.keeper) !== JSON.stringify(before?.keeper) ? state : null;
}

function refuseFailure(settings: Settings, state: EngineState, before: EngineState | null): void {
  if (state.problem) throw new UserError(state.problem.what, state.problem.where, state.problem.fix);
  for (const { name, state: service, hopeless } of failedStarts(state, before)) {
    const ended = endOf(settings, name, service);
    const error = hopeless ? explainEnd(ended) : causeOf(ended);
    if (error) throw error;
  }
}

/** It tells what it gave up for before it ends. */
function keeperEnded(settings: Settings, start: Start, { logFrom }: StartedKeeper): UserError {
  const state = freshState(settings, start);
  if (state) refuseFailure(settings, state, start.before);
  return explainEnd(endOf(settings, 'keeper', { exit: 'it ended', logFrom }));
}

const endOf = (
  { home }: Settings,
  name: string,
  { exit, logFrom }: { exit: string | null; logFrom?: number },
): Ended => ({
  name,
  exit: exit ?? 'no reason known',
  home,
  logFile: logFile(home, name),
  text: logSince(home, name, logFrom ?? 0),
});
