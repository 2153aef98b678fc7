import { condition } from '@temporalio/workflow';
import type { Asking } from '../../../contract/holdout.js';
import type { Loop } from '../loop.js';

/**
 * One question at a time, and its consequence in the same step: whoever waits learns at its turn what has become of the
 * incumbent, and no answer is about one that has been overtaken.
 */
export const inTurn = async <T>(
  loop: Loop,
  about: Pick<Asking, 'experiment' | 'kind'>,
  work: () => Promise<T>,
): Promise<T> => {
  while (loop.asking !== null) await condition(() => loop.asking === null);
  loop.asking = { ...about, since: Date.now(), away: false };
  loop.changed = true;
  try {
    return await work();
  } finally {
    loop.asking = null;
    loop.changed = true;
  }
};
