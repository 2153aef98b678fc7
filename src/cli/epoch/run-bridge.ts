import { WorkflowFailedError } from '@temporalio/client';
import type { EpochInput, EpochResult } from '../../contract/epoch.js';
import { EVALUATOR_EPOCH, QUERIES } from '../../contract/names.js';
import { UserError } from '../../contract/user-error.js';
import type { Engine } from '../engine.js';
import { runWorkflow } from '../run-workflow.js';
import type { Terminal } from '../terminal.js';

/** Scores the reference set by both evaluators, once: what was decided before is read back. Null if a person left it. */
export const runBridge = async (
  engine: Pick<Engine, 'client' | 'ledger'>,
  input: EpochInput,
  watching: { terminal: Terminal; quiet: boolean },
): Promise<EpochResult | null> => {
  const known = (await engine.ledger.epochs(input.loop)).find(({ id }) => id === input.id);
  if (known !== undefined) return known;
  const bridge = {
    type: EVALUATOR_EPOCH,
    id: input.id,
    input,
    progress: QUERIES.epochProgress,
    summary: `${input.loop}: epoch ${String(input.epoch)}`,
  };
  try {
    return await runWorkflow<EpochInput, EpochResult>(engine, bridge, watching);
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    throw new UserError(
      `the bridge ended: ${error.cause?.message ?? error.message}`,
      input.id,
      'Run it again.',
    );
  }
};
