import {
  ApplicationFailure,
  ChildWorkflowFailure,
  ParentClosePolicy,
  patched,
  startChild,
  type ChildWorkflowHandle,
  ChildWorkflowCancellationType,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { ChildEnd, LoopInput, LoopResult, Spent } from '../../../contract/loop.js';
import { RESEARCH_LOOP } from '../../../contract/names.js';
import { childTag } from '../../../domain/research/child-names.js';
import { nthName } from '../../../domain/research/ended-below.js';
import { ranItsCourse } from '../../../domain/research/ran-its-course.js';
import { failureText } from '../failure-text.js';
import type { Loop } from '../loop.js';
import { tellOne } from './from-above.js';

type Child = (given: LoopInput) => Promise<LoopResult>;

/** A child loop that is to be begun. */
export interface Begun {
  /** of the unit, for people */
  name: string;
  input: LoopInput;
  /** names of its unit that other loops have */
  taken: number;
}

const startNamed = async ({ name, input }: Begun, id: string): Promise<ChildWorkflowHandle<Child>> => {
  const { task } = input;
  const tag = childTag(id);
  return await startChild<Child>(RESEARCH_LOOP, {
    workflowId: id,
    args: [{ ...input, loop: id, tag }],
    parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
    cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    staticSummary: `${name}: ${task.measure.metric.direction} ${task.measure.metric.name}`,
    memo: { branch: tag, repository: input.source.repository },
    searchAttributes: { Task: [task.name], LiftLevel: [input.level], Phase: ['baseline'], Experiments: [0] },
  });
};

/** A loop of that name whose end nobody here knows would otherwise hold up the experiment for ever. */
const start = async (loop: Loop, begun: Begun): Promise<ChildWorkflowHandle<Child>> => {
  for (let nth = begun.taken; ; nth++) {
    const id = nthName(begun.input.loop, nth);
    try {
      return await startNamed(begun, id);
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError) || !patched('names of child loops'))
        throw error;
      loop.event(
        'notice',
        `${id} was begun before and its end is not known here: another loop takes its place`,
      );
    }
  }
};

const spentIn = ({ cause }: ChildWorkflowFailure): { spent?: Spent } => {
  const [spent] = cause instanceof ApplicationFailure ? (cause.details ?? []) : [];
  return spent == null ? {} : { spent: spent as Spent };
};

/** The end of a child loop, that of one which was cancelled too: it winds down first. */
export const runChild = async (loop: Loop, begun: Begun): Promise<ChildEnd> => {
  const child = await start(loop, begun);
  const id = child.workflowId;
  loop.children.set(id, child);
  try {
    if (loop.state.phase === 'paused') tellOne(child, true);
    const result = await child.result();
    if (ranItsCourse(result)) return { result };
    return { failed: `its loop ended early: ${result.stopped}`, spent: result.spent };
  } catch (error) {
    if (!(error instanceof ChildWorkflowFailure)) throw error;
    return { failed: failureText(error), ...spentIn(error) };
  } finally {
    loop.children.delete(id);
  }
};
