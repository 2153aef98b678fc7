import { setTimeout as sleep } from 'node:timers/promises';
import { Context } from '@temporalio/activity';

/** What a worker that shuts down says to its activities. */
const SHUTDOWN = 'WORKER_SHUTDOWN';

/**
 * Sleeps until a worker shuts down, whatever becomes of the question: one that is cancelled on the server keeps its turn,
 * or else the next one in the line could tell by its own answer when the work was done.
 */
export const sleepThrough = async (ms: number): Promise<void> => {
  const context = Context.current();
  const ended = new AbortController();
  context.cancelled.catch((error: unknown) => {
    const shutDown = context.cancellationDetails?.workerShutdown === true;
    if (shutDown || (error instanceof Error && error.message === SHUTDOWN)) ended.abort();
  });
  await sleep(Math.max(0, ms), undefined, { signal: ended.signal });
};
