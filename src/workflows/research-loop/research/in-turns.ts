import { CancellationScope, CancelledFailure, isCancellation, patched } from '@temporalio/workflow';
import { allWoundDown } from './all-wound-down.js';

/**
 * At most so many at a time, in order. Where one fails nothing more is begun, and what runs is waited for: whoever goes on
 * from there finds nothing under way.
 */
export const inTurns = async <T, R>(
  items: readonly T[],
  most: number,
  each: (item: T) => Promise<R>,
): Promise<R[]> => {
  const results: R[] = [];
  const rest = [...items.entries()];
  const take = async (): Promise<void> => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift())
      results[next[0]] = await each(next[1]);
  };
  const lanes = Array.from({ length: Math.min(most, items.length) }, take);
  try {
    await allWoundDown(lanes);
  } catch (error) {
    if (isCancellation(error) || !patched('a failed study ends')) throw error;
    rest.splice(0);
    await Promise.allSettled(lanes);
    if (CancellationScope.current().consideredCancelled)
      throw new CancelledFailure('stopped while its loops ran');
    throw error;
  }
  return results;
};
