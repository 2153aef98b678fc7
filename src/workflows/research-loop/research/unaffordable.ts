import { patched } from '@temporalio/workflow';
import { besides } from '../../../domain/loop/besides.js';
import { outOfTime } from '../../../domain/loop/stop-reason.js';
import type { Loop } from '../loop.js';

/**
 * Why no further measurement by research is begun for an experiment that has had some; or null. What others under way have
 * reserved is theirs: each would else find the same remainder of the budget.
 */
export const unaffordable = (loop: Loop, experiment: number): string | null => {
  const { input, state } = loop;
  if (input.research === undefined) return null;
  const alone = outOfTime(state, input.task, Date.now());
  if (alone !== null) return alone;
  const others = [...loop.inFlight].flatMap(([number, one]) => (number === experiment ? [] : [one]));
  const beside = outOfTime(besides(state, others), input.task, Date.now());
  return beside !== null && patched('others have reserved') ? beside : null;
};
