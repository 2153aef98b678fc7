import {
  CancellationScope,
  CancelledFailure,
  ChildWorkflowFailure,
  ParentClosePolicy,
  startChild,
  ChildWorkflowCancellationType,
} from '@temporalio/workflow';
import type { LoopInput, LoopResult } from '../../../contract/loop.js';
import { RESEARCH_LOOP } from '../../../contract/names.js';
import type { UnitEnd } from '../../../domain/research/read-study.js';
import type { Unit } from '../../../domain/research/child-units.js';
import { ranItsCourse } from '../../../domain/research/ran-its-course.js';
import { failureText } from '../failure-text.js';
import type { Loop } from '../loop.js';
import { fromAbove } from './from-above.js';

/** The end of a child loop. One that is cancelled winds down first, and so does the measurement that it belongs to. */
export const runChild = async (loop: Loop, unit: Unit, input: LoopInput): Promise<UnitEnd> => {
  const { task } = input;
  const child = await startChild<(given: LoopInput) => Promise<LoopResult>>(RESEARCH_LOOP, {
    workflowId: unit.loop,
    args: [input],
    parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
    cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    staticSummary: `${unit.name}: ${task.measure.metric.direction} ${task.measure.metric.name}`,
    memo: { branch: input.tag, repository: input.source.repository },
    searchAttributes: { Task: [task.name], LiftLevel: [input.level], Phase: ['baseline'], Experiments: [0] },
  });
  loop.children.set(unit.loop, child);
  try {
    if (loop.state.phase === 'paused') await child.signal(fromAbove, { paused: true });
    const result = await child.result();
    if (CancellationScope.current().consideredCancelled)
      throw new CancelledFailure('stopped while its loops ran');
    return ranItsCourse(result)
      ? { unit, result }
      : { unit, failed: `its loop ended early: ${result.stopped}` };
  } catch (error) {
    if (!(error instanceof ChildWorkflowFailure) || CancellationScope.current().consideredCancelled)
      throw error;
    return { unit, failed: failureText(error) };
  } finally {
    loop.children.delete(unit.loop);
  }
};
