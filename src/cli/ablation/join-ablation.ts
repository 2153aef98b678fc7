import type { WorkflowHandle } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { AblationInput, AblationProgress, AblationResult } from '../../contract/ablation.js';
import { ABLATION, CONTROL_QUEUE, QUERIES } from '../../contract/names.js';
import { UserError } from '../../contract/user-error.js';
import { ablationAsksModels } from '../asks-models.js';
import type { Engine } from '../engine.js';
import { hasEnded } from '../liveness/has-ended.js';

type Workflow = (input: AblationInput) => Promise<AblationResult>;

export type AblationHandle = WorkflowHandle<Workflow>;

/** How an ablation was come by. */
export interface Joined {
  handle: AblationHandle;
  how: 'started' | 'joined' | 'continued' | 'finished';
  /** cells that had ended before */
  before: number;
}

interface Earlier {
  attempt: number;
  progress: AblationProgress;
  /** every cell was run */
  whole: boolean;
}

const start = async ({ client }: Pick<Engine, 'client'>, input: AblationInput): Promise<AblationHandle> => {
  const names = input.research.tasks.map(({ task }) => task.name).join(', ');
  return await client.workflow.start<Workflow>(ABLATION, {
    workflowId: input.id,
    taskQueue: CONTROL_QUEUE,
    args: [input],
    workflowIdConflictPolicy: 'USE_EXISTING',
    staticSummary: `${input.arms.join(', ')} on ${names}, ${String(input.n)} repeats`,
    memo: { attempt: input.attempt, models: ablationAsksModels(input) },
  });
};

const earlierOf = async (handle: AblationHandle, attempt: unknown): Promise<Earlier> => {
  const result = await handle.result().catch(() => null);
  // one that was terminated has no result, but its history can still be asked
  const progress = result ?? (await handle.query<AblationProgress>(QUERIES.ablationProgress));
  return { attempt: Number(attempt ?? 1), progress, whole: result?.stopped === null };
};

/** Cells that ended well aren't run again; those that failed are, when their ablation is begun anew. */
const goingOn = (input: AblationInput, { attempt, progress }: Earlier): AblationInput => ({
  ...input,
  attempt: attempt + 1,
  found: progress.searches.filter(({ failed }) => failed === null),
  ended: progress.cells.filter(({ failed }) => failed === null),
});

/** Starts an ablation, joins the one that runs, or goes on with what an earlier one has left. */
export const joinAblation = async (
  engine: Pick<Engine, 'client'>,
  input: AblationInput,
  { again, stop }: { again: boolean; stop: boolean },
): Promise<Joined> => {
  const handle = engine.client.workflow.getHandle<Workflow>(input.id);
  const described = await handle.describe().catch((error: unknown) => {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  });
  if (described === null && stop)
    throw new UserError('it was never started', input.id, 'Give the same arms, tasks and flags as then.');
  if (described === null) return { handle: await start(engine, input), how: 'started', before: 0 };
  if (!hasEnded(described)) return { handle, how: 'joined', before: 0 };
  if (stop) return { handle, how: 'finished', before: 0 };
  const earlier = await earlierOf(handle, described.memo?.['attempt']);
  const failed = earlier.progress.cells.some((cell) => cell.failed !== null);
  if (earlier.whole && !(again && failed))
    return { handle, how: 'finished', before: earlier.progress.cells.length };
  const rest = goingOn(input, earlier);
  return { handle: await start(engine, rest), how: 'continued', before: rest.ended.length };
};
