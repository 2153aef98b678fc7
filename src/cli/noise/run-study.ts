import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { CONTROL_QUEUE, NOISE_STUDY, QUERIES } from '../../contract/names.js';
import type { NoiseInput, NoiseProgress, NoiseResult } from '../../contract/noise.js';
import { UserError } from '../../contract/user-error.js';
import type { Engine } from '../engine.js';
import type { Terminal } from '../terminal.js';

type Study = (input: NoiseInput) => Promise<NoiseResult>;

const EVERY_MS = 1000;

const failure = (error: unknown, id: string): unknown => {
  if (!(error instanceof WorkflowFailedError)) return error;
  const { cause } = error;
  if (cause instanceof ApplicationFailure && cause.type === 'NoiseFailed')
    return new UserError(cause.message, id, 'Try the commands of task.yaml by hand in a fresh checkout.');
  return new UserError(`the study ended: ${cause?.message ?? error.message}`, id, 'Run it again.');
};

/** Tells how far it is, as long as somebody looks; a missing answer is no news. */
const tellProgress = async (
  handle: WorkflowHandle<Study>,
  terminal: Terminal,
  over: AbortSignal,
): Promise<void> => {
  let last = -1;
  while (!over.aborted) {
    await sleep(EVERY_MS, undefined, { signal: over }).catch(() => undefined);
    if (over.aborted) return;
    const progress = await handle.query<NoiseProgress>(QUERIES.noiseProgress).catch(() => null);
    if (progress === null || progress.done === last) continue;
    last = progress.done;
    terminal.err(`  ${String(progress.done)} of ${String(progress.planned)} runs`);
  }
};

/** Starts a study, or joins the one that runs for the same question; null if a person left it with Ctrl-C. */
export const runStudy = async (
  { client }: Pick<Engine, 'client'>,
  input: NoiseInput,
  { terminal, quiet }: { terminal: Terminal; quiet: boolean },
): Promise<NoiseResult | null> => {
  const handle = await client.workflow.start<Study>(NOISE_STUDY, {
    workflowId: input.id,
    taskQueue: CONTROL_QUEUE,
    args: [input],
    workflowIdConflictPolicy: 'USE_EXISTING',
    staticSummary: `${input.task.name}: noise of ${input.task.measure.metric.name}`,
  });
  const over = new AbortController();
  const left = new Promise<null>((resolve) => {
    const giveBack = terminal.onInterrupt(() => {
      resolve(null);
    });
    over.signal.addEventListener('abort', giveBack);
  });
  const telling = quiet ? Promise.resolve() : tellProgress(handle, terminal, over.signal);
  try {
    return await Promise.race([handle.result(), left]);
  } catch (error) {
    throw failure(error, input.id);
  } finally {
    over.abort();
    await telling;
  }
};
