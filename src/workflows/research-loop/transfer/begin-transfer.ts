import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { TRANSFER_STUDY } from '../../../contract/names.js';
import type { TransferInput } from '../../../contract/transfer.js';
import { classOf } from '../../../domain/device/preferences.js';
import { whatStands } from '../../../domain/promotion/what-stands.js';
import { parentOf } from '../../../domain/research/child-names.js';
import { transferId } from '../../../domain/transfer/transfer-names.js';
import { failureText } from '../failure-text.js';
import type { Loop } from '../loop.js';

/** Only loops that people started: those below another are there to be compared, not to be used. */
const wishOf = ({ input, state }: Loop): { to: string[]; pairs: number; at: string } | null => {
  const { task, research, loop } = input;
  if (task.transfer === undefined || research !== undefined || parentOf(loop) !== null) return null;
  const own = classOf(task, state);
  const to = [...new Set([task.transfer.to].flat())].filter((device) => device !== own);
  return to.length === 0 ? null : { to, pairs: task.transfer.pairs, at: task.transfer.at };
};

/** A study outlives its loop: other devices may come when the loop has long ended, and it waits for none of them. */
const begin = async (loop: Loop, input: TransferInput): Promise<void> => {
  const { task } = loop.input;
  try {
    await startChild<(given: TransferInput) => Promise<unknown>>(TRANSFER_STUDY, {
      workflowId: input.id,
      args: [input],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: `${input.loop} on ${input.to.join(', ')}`,
      memo: { loop: input.loop },
      searchAttributes: { Task: [task.name], DeviceClass: [input.to[0] ?? ''], Phase: ['transfer'] },
    });
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return;
    loop.event('notice', `what was kept is not measured on ${input.to.join(', ')}: ${failureText(error)}`);
  }
};

/** Of a change that was kept just now, where the task wants to know at once. */
export const transferKept = async (loop: Loop, kept: readonly number[]): Promise<void> => {
  const wish = wishOf(loop);
  if (wish?.at !== 'every-promotion') return;
  for (const experiment of kept) {
    const wanted = { to: wish.to, pairs: wish.pairs, only: [experiment] };
    const id = transferId(loop.input.loop, { at: experiment, ...wanted });
    await begin(loop, { v: 1, id, loop: loop.input.loop, ...wanted });
  }
};

/** Of everything that a loop ends with; whoever cancelled it wants no more devices to be used. */
export const transferFinal = async (loop: Loop): Promise<void> => {
  const wish = wishOf(loop);
  const stands = whatStands(loop.state);
  if (wish?.at !== 'final' || stands === null || stands.experiment === 0 || loop.cancelled) return;
  const wanted = { to: wish.to, pairs: wish.pairs };
  const id = transferId(loop.input.loop, { at: stands.experiment, ...wanted });
  await begin(loop, { v: 1, id, loop: loop.input.loop, ...wanted });
};
