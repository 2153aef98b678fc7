import { defineSignal, log } from '@temporalio/workflow';
import type { Loop } from '../loop.js';

/** From the loop or ablation above: it was paused, or goes on. */
export const fromAbove = defineSignal<[{ paused: boolean }]>('fromAbove');

/** Tells all loops below; one that has just ended needs no telling. */
export const tellBelow = ({ children }: Pick<Loop, 'children'>, paused: boolean): void => {
  for (const [id, child] of children)
    child.signal(fromAbove, { paused }).catch((error: unknown) => {
      log.info('a child loop was not told', { id, error });
    });
};
