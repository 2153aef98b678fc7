import { setTimeout as sleep } from 'node:timers/promises';
import type { LoopStatus } from '../contract/loop.js';
import type { Engine } from './engine.js';
import { finishedRows, type Finished } from './finished-rows.js';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { hasEnded } from './liveness/has-ended.js';
import { workerWatch } from './liveness/worker-watch.js';
import { isPersonsPause } from './person-pause.js';
import { ledgerStatus, queryStatus, readStatus } from './read-status.js';
import type { Terminal } from './terminal.js';
import { runsOnDevices, withRuns } from './liveness/runs-on-devices.js';

/** How a follower shows what happens. */
export interface Viewer {
  /** called after each look: what is new, and where the loop stands if it says so */
  show(fresh: Finished[], status: LoopStatus | null): void;
  /** a sentence for people: the engine went away, it came back */
  notice(text: string): void;
}

/** How following ended. */
export type Ending =
  | { kind: 'ended'; status: LoopStatus; failure: string | null }
  | { kind: 'halted'; note: string }
  | { kind: 'detached' };

const EVERY_MS = 300;
/** An outage shorter than this is not worth a line. */
const PATIENCE_MS = 3000;

const describe = async ({ client }: Engine, loop: string): Promise<WorkflowExecutionDescription> =>
  client.withDeadline(Date.now() + PATIENCE_MS, async () => client.workflow.getHandle(loop).describe());

const endingOf = async (engine: Engine, loop: string): Promise<Ending> => {
  const status = await readStatus(engine, loop);
  if (status === null) throw new Error(`the loop ${loop} left no record`);
  const { name } = (await engine.client.workflow.getHandle(loop).describe()).status;
  const failed =
    status.phase === 'failed' || name === 'FAILED' || name === 'TERMINATED' || name === 'TIMED_OUT';
  return { kind: 'ended', status, failure: failed ? status.note || name.toLowerCase() : null };
};

/** Watches a loop until it ends, halts itself or Ctrl-C; outlives restarts of everything it asks. */
export const follow = async (
  engine: Engine,
  { loop, terminal, viewer }: { loop: string; terminal: Terminal; viewer: Viewer },
): Promise<Ending> => {
  const interrupted = new AbortController();
  const giveBack = terminal.onInterrupt(() => {
    interrupted.abort();
  });
  const rows = finishedRows(engine.ledger, loop);
  const missingWorker = workerWatch(engine, (text) => {
    viewer.notice(text);
  });
  let goneSince: number | null = null;
  let told = false;
  try {
    while (!interrupted.signal.aborted) {
      try {
        const described = await describe(engine, loop);
        const missing = await missingWorker(described);
        const ask = missing?.kind === 'control' ? ledgerStatus : queryStatus;
        const [fresh, status] = await Promise.all([rows(), ask(engine, loop).catch(() => null)]);
        if (told) viewer.notice('the engine answers again');
        [goneSince, told] = [null, false];
        viewer.show(fresh, status && withRuns(status, runsOnDevices(described)));
        if (hasEnded(described)) return await endingOf(engine, loop);
        if (status?.phase === 'paused' && !isPersonsPause(status.note))
          return { kind: 'halted', note: status.note };
      } catch (error) {
        goneSince ??= Date.now();
        if (!told && Date.now() - goneSince > PATIENCE_MS) {
          viewer.notice(
            `the engine does not answer (${reason(error)}); still trying, the loop loses nothing`,
          );
          told = true;
        }
      }
      await sleep(EVERY_MS, undefined, { signal: interrupted.signal }).catch(() => undefined);
    }
    return { kind: 'detached' };
  } finally {
    giveBack();
  }
};

const reason = (error: unknown): string =>
  error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
