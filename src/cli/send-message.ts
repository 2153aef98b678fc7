import {
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { LoopMessages } from '../contract/loop.js';
import { UPDATES } from '../contract/names.js';
import { UserError } from '../contract/user-error.js';
import { withEngine } from './engine.js';
import { settingsOf } from './engine.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { findLoop } from './find-loop.js';
import type { Terminal } from './terminal.js';
import { Unreachable } from './unreachable.js';

const PATIENCE_MS = 10_000;

export interface Message<K extends keyof LoopMessages> {
  /** as typed; undefined: the running one */
  loop: string | undefined;
  name: K;
  message: LoopMessages[K];
}

const refusal = (error: unknown, loop: string): unknown => {
  if (error instanceof WorkflowUpdateFailedError)
    return new UserError(error.cause?.message ?? error.message, loop, '`autolift status` shows its state.');
  if (error instanceof WorkflowNotFoundError)
    return new UserError(
      'it has ended',
      loop,
      '`autolift loops` lists the loops; `autolift fork` goes on from one.',
    );
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)
    return new Unreachable(
      `nobody answered within ${String(PATIENCE_MS / 1000)} s`,
      loop,
      'The control worker is not running: `autolift up` starts it.',
    );
  return error;
};

/** Sends a loop one of its updates and tells its answer; a refused one changes nothing. */
export const sendMessage = async <K extends keyof LoopMessages>(
  terminal: Terminal,
  { loop: wanted, name, message }: Message<K>,
): Promise<ExitCode> =>
  withEngine(settingsOf(terminal), async (engine) => {
    const loop = await findLoop(engine, wanted);
    const handle = engine.client.workflow.getHandle(loop);
    const answer = await engine.client
      .withDeadline(Date.now() + PATIENCE_MS, async () =>
        handle.executeUpdate<string, [LoopMessages[K]]>(UPDATES[name], { args: [message] }),
      )
      .catch((error: unknown) => {
        throw refusal(error, loop);
      });
    terminal.out(`${loop}: ${answer}`);
    return EXIT.ok;
  });
