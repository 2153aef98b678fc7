import {
  CancellationScope,
  CancelledFailure,
  ChildWorkflowCancellationType,
  ChildWorkflowFailure,
  ParentClosePolicy,
  startChild,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { LoopInput, LoopResult } from '../../contract/loop.js';
import { RESEARCH_LOOP } from '../../contract/names.js';
import { failureText } from '../research-loop/failure-text.js';
import { tellOne } from '../research-loop/research/from-above.js';
import type { AblationStudy } from './study.js';

/** A loop of an ablation to its end; a text says why it has none. Cancelling winds it down before this is left. */
export const runBelow = async (
  study: AblationStudy,
  input: LoopInput,
  summary: string,
): Promise<LoopResult | string> => {
  const { loop, task, level, source, tag } = input;
  study.running.add(loop);
  study.show();
  try {
    const child = await startChild<(given: LoopInput) => Promise<LoopResult>>(RESEARCH_LOOP, {
      workflowId: loop,
      args: [input],
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      staticSummary: summary,
      memo: { branch: tag, repository: source.repository },
      searchAttributes: { Task: [task.name], LiftLevel: [level], Phase: ['baseline'], Experiments: [0] },
    });
    study.children.set(loop, child);
    if (study.paused !== null) tellOne(child, true);
    const result = await child.result();
    if (CancellationScope.current().consideredCancelled)
      throw new CancelledFailure('stopped while its loops ran');
    return result;
  } catch (error) {
    if (CancellationScope.current().consideredCancelled) throw error;
    if (error instanceof ChildWorkflowFailure || error instanceof WorkflowExecutionAlreadyStartedError)
      return failureText(error);
    throw error;
  } finally {
    study.running.delete(loop);
    study.children.delete(loop);
  }
};
