import {
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { LoopMessages } from '../contract/loop-messages.js';
import { UPDATES } from '../contract/names.js';
import { UserError } from '../contract/user-error.js';
import { settingsOf, withEngine, type Engine } from './engine.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { isTransfer } from '../domain/transfer/transfer-names.js';
import { findLoop, findLoopOrAblation } from './find-loop.js';
import { hasEnded } from './liveness/has-ended.js';
import { missingControl } from './liveness/missing-worker.js';
import type { Terminal } from './terminal.js';
import { Unreachable } from './unreachable.js';

const PATIENCE_MS = 10_000;

export interface Message<K extends keyof LoopMessages> {
  /** as typed; undefined: the running one */
  loop: string | undefined;
  name: K;
  message: LoopMessages[K];
  /** whether an ablation takes it too */
  ablations?: boolean;
  /** what must be so before it is sent; what it changed, in words */
  prepare?: (engine: Engine, loop: string) => Promise<string[]>;
  /** what the sender should know beside the answer */
  notices?: (engine: Engine, loop: string) => Promise<string[]>;
}

const ended = (loop: string): UserError =>
  new UserError('it has ended', loop, '`autolift loops` lists the loops; `autolift fork` goes on from one.');

const refusal = (error: unknown, loop: string): unknown => {
  if (error instanceof WorkflowUpdateFailedError)
    return new UserError(error.cause?.message ?? error.message, loop, '`autolift status` shows its state.');
  if (error instanceof WorkflowNotFoundError) return ended(loop);
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)
    return new Unreachable(
      `nobody answered within ${String(PATIENCE_MS / 1000)} s; the message may still arrive`,
      loop,
      '`autolift status` shows whether it did, `autolift doctor` what is wrong.',
    );
  return error;
};

/** A message that nobody takes would be lost, or taken by surprise later: it is not sent. */
const refuseUnheard = async (engine: Engine, loop: string): Promise<void> => {
  const missing = await missingControl(engine);
  if (missing === null) return;
  if (hasEnded(await engine.client.workflow.getHandle(loop).describe())) throw ended(loop);
  throw new Unreachable(`nothing was sent: ${missing.text}`, loop, missing.fix);
};

/** Sends a loop one of its updates and tells its answer; a refused one changes nothing. */
export const sendMessage = async <K extends keyof LoopMessages>(
  terminal: Terminal,
  { loop: wanted, name, message, ablations = false, prepare, notices }: Message<K>,
): Promise<ExitCode> =>
  withEngine(settingsOf(terminal), async (engine) => {
    const find = ablations ? findLoopOrAblation : findLoop;
    const loop = wanted !== undefined && isTransfer(wanted) ? wanted : await find(engine, wanted);
    for (const text of (await prepare?.(engine, loop)) ?? []) terminal.err(`  ! ${text}`);
    const handle = engine.client.workflow.getHandle(loop);
    const answer = await refuseUnheard(engine, loop)
      .then(async () =>
        engine.client.withDeadline(Date.now() + PATIENCE_MS, async () =>
          handle.executeUpdate<string, [LoopMessages[K]]>(UPDATES[name], { args: [message] }),
        ),
      )
      .catch((error: unknown) => {
        throw refusal(error, loop);
      });
    terminal.out(`${loop}: ${answer}`);
    for (const text of (await notices?.(engine, loop)) ?? []) terminal.err(`  ! ${text}`);
    return EXIT.ok;
  });
