import { type ChildWorkflowHandle, defineSignal, log, type Workflow } from '@temporalio/workflow';
import type { Loop } from '../loop.js';

/** From the loop or ablation above: it was paused, or goes on. */
export const fromAbove = defineSignal<[{ paused: boolean }]>('fromAbove');

/** One that has just ended needs no telling. */
export const tellOne = (child: ChildWorkflowHandle<Workflow>, paused: boolean): void => {
  child.signal(fromAbove, { paused }).catch((error: unknown) => {
    log.info('a child loop was not told', { id: child.workflowId, error });
  });
};

/** Tells all loops below. */
export const tellBelow = ({ children }: Pick<Loop, 'children'>, paused: boolean): void => {
  for (const child of children.values()) tellOne(child, paused);
};
