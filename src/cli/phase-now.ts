import { WorkflowNotFoundError } from '@temporalio/client';
import type { LoopStatus, Phase } from '../contract/loop.js';
import type { Engine } from './engine.js';
import { hasEnded } from './liveness/has-ended.js';
import { readStatus } from './read-status.js';

const isOver = (phase: Phase): phase is 'done' | 'failed' => phase === 'done' || phase === 'failed';

/** A loop whose workflow has ended in another way than its own, as one that was terminated, can't go on either. */
export const asEnded = (status: LoopStatus): LoopStatus =>
  isOver(status.phase) ? status : { ...status, phase: 'failed', note: 'its workflow was ended from outside' };

const endedOnServer = async ({ client }: Pick<Engine, 'client'>, loop: string): Promise<boolean> => {
  try {
    return hasEnded(await client.workflow.getHandle(loop).describe());
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return true;
    throw error;
  }
};

/** The state of a loop in the word that `status` has for it; one that the ledger knows to be over isn't asked. */
export const phaseNow = async (engine: Engine, loop: string, recorded: Phase | null): Promise<Phase> => {
  if (recorded !== null && isOver(recorded)) return recorded;
  const status = await readStatus(engine, loop);
  if (status === null) return recorded ?? 'running';
  return isOver(status.phase) || !(await endedOnServer(engine, loop)) ? status.phase : asEnded(status).phase;
};
