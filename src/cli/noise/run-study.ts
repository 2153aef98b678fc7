import { ApplicationFailure } from '@temporalio/common';
import { WorkflowFailedError } from '@temporalio/client';
import { NOISE_STUDY, QUERIES } from '../../contract/names.js';
import type { NoiseInput, NoiseResult } from '../../contract/noise.js';
import { UserError } from '../../contract/user-error.js';
import type { Engine } from '../engine.js';
import { runWorkflow } from '../run-workflow.js';
import type { Terminal } from '../terminal.js';

const failure = (error: unknown, id: string): unknown => {
  if (!(error instanceof WorkflowFailedError)) return error;
  const { cause } = error;
  if (cause instanceof ApplicationFailure && cause.type === 'NoiseFailed')
    return new UserError(cause.message, id, 'Try the commands of task.yaml by hand in a fresh checkout.');
  return new UserError(`the study ended: ${cause?.message ?? error.message}`, id, 'Run it again.');
};

/** Starts a study, or joins the one that runs for the same question; null if a person left it with Ctrl-C. */
export const runStudy = async (
  engine: Pick<Engine, 'client'>,
  input: NoiseInput,
  watching: { terminal: Terminal; quiet: boolean },
): Promise<NoiseResult | null> => {
  const { id, task } = input;
  const summary = `${task.name}: noise of ${task.measure.metric.name}`;
  const study = { type: NOISE_STUDY, id, input, progress: QUERIES.noiseProgress, summary };
  try {
    return await runWorkflow<NoiseInput, NoiseResult>(engine, study, watching);
  } catch (error) {
    throw failure(error, id);
  }
};
