import { WorkflowFailedError } from '@temporalio/client';
import { CONTROL_QUEUE, QUERIES, TRANSFER_STUDY } from '../../contract/names.js';
import type { TransferInput, TransferResult } from '../../contract/transfer.js';
import { UserError } from '../../contract/user-error.js';
import type { Engine } from '../engine.js';
import { deviceServed } from '../liveness/queue-served.js';
import { runWorkflow } from '../run-workflow.js';
import type { Terminal } from '../terminal.js';

const QUEUE = { taskQueue: CONTROL_QUEUE, workflowIdConflictPolicy: 'USE_EXISTING' } as const;

/** Classes that nobody serves now: the study waits for their workers, and says so. */
export const unservedNotices = async (engine: Engine, classes: readonly string[]): Promise<string[]> => {
  const served = await Promise.all(classes.map(async (device) => deviceServed(engine, device)));
  return classes
    .filter((_, at) => served[at] === false)
    .map(
      (device) =>
        `no worker serves ${device} yet; the study waits for one. \`autolift worker device --class ${device}\` starts one on a host that has it`,
    );
};

const waited = (input: TransferInput) => ({
  type: TRANSFER_STUDY,
  id: input.id,
  input,
  progress: QUERIES.transferProgress,
  summary: `${input.loop} on ${input.to.join(', ')}`,
  memo: { loop: input.loop },
});

/** Starts a study in the background, or finds it there. */
export const startTransfer = async (
  { client }: Pick<Engine, 'client'>,
  input: TransferInput,
): Promise<void> => {
  const { id, summary, memo } = waited(input);
  await client.workflow.start(TRANSFER_STUDY, {
    ...QUEUE,
    workflowId: id,
    args: [input],
    staticSummary: summary,
    memo,
  });
};

/** Starts a study or joins it, and waits for its end; null if a person left it. */
export const runTransfer = async (
  engine: Pick<Engine, 'client'>,
  input: TransferInput,
  watching: { terminal: Terminal; quiet: boolean },
): Promise<TransferResult | null> => {
  try {
    return await runWorkflow<TransferInput, TransferResult>(engine, waited(input), watching);
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    throw new UserError(
      `the study ended: ${error.cause?.message ?? error.message}`,
      input.id,
      'What it measured is in the ledger; the same command goes on from there.',
    );
  }
};
