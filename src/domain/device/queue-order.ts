import { random } from '../random.js';
import { rootOf } from '../research/child-names.js';

/** Where a run stands in the line of its queue, as Temporal takes it. */
export interface QueueOrder {
  /** 1 goes first, 5 last */
  priorityKey: number;
  /** those of one key share what their priority gets of the devices */
  fairnessKey: string;
}

const DEFAULT_PRIORITY = 3;
/** Bytes that Temporal takes; ids hold ASCII alone. */
const LONGEST_KEY = 64;

const keyOf = (id: string): string => {
  if (id.length <= LONGEST_KEY) return id;
  const digest = random('fairness', id)
    .int(2 ** 32)
    .toString(36);
  return `${id.slice(0, LONGEST_KEY - 8)}~${digest.padStart(7, '0')}`;
};

/** A loop and all below it count as one: a study of many loops gets no more than its neighbour. */
export const queueOrder = (loop: string, priority = DEFAULT_PRIORITY): QueueOrder => ({
  priorityKey: priority,
  fairnessKey: keyOf(rootOf(loop)),
});
