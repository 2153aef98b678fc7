import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { CONTROL_QUEUE } from '../contract/names.js';
import type { Engine } from './engine.js';
import type { Terminal } from './terminal.js';

/** A workflow that runs to its end while somebody waits, and can be joined again by its id. */
export interface Waited<I> {
  type: string;
  id: string;
  input: I;
  /** query that tells how far it is */
  progress: string;
  summary: string;
  memo?: Record<string, unknown>;
}

interface Progress {
  done: number;
  planned: number;
}

const EVERY_MS = 1000;

/** Tells how far it is, as long as somebody looks; a missing answer is no news. */
const tellProgress = async (
  handle: Pick<WorkflowHandle, 'query'>,
  query: string,
  { terminal, over }: { terminal: Terminal; over: AbortSignal },
): Promise<void> => {
  let last = -1;
  while (!over.aborted) {
    await sleep(EVERY_MS, undefined, { signal: over }).catch(() => undefined);
    if (over.aborted) return;
    const progress = await handle.query<Progress>(query).catch(() => null);
    if (progress === null || progress.done === last) continue;
    last = progress.done;
    terminal.err(`  ${String(progress.done)} of ${String(progress.planned)} runs`);
  }
};

/** Starts a workflow, or joins the one that runs for the same question; null if a person left it with Ctrl-C. */
export const runWorkflow = async <I, R>(
  { client }: Pick<Engine, 'client'>,
  { type, id, input, progress, summary, memo = {} }: Waited<I>,
  { terminal, quiet }: { terminal: Terminal; quiet: boolean },
): Promise<R | null> => {
  const handle = await client.workflow.start<(argument: I) => Promise<R>>(type, {
    workflowId: id,
    taskQueue: CONTROL_QUEUE,
    args: [input],
    workflowIdConflictPolicy: 'USE_EXISTING',
    staticSummary: summary,
    memo,
  });
  const over = new AbortController();
  const left = new Promise<null>((resolve) => {
    const giveBack = terminal.onInterrupt(() => {
      resolve(null);
    });
    over.signal.addEventListener('abort', giveBack);
  });
  const telling = quiet ? Promise.resolve() : tellProgress(handle, progress, { terminal, over: over.signal });
  try {
    return await Promise.race([handle.result(), left]);
  } finally {
    over.abort();
    await telling;
  }
};
