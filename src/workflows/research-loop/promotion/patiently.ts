import { CancelledFailure, condition, isCancellation, log } from '@temporalio/workflow';
import { failureText } from '../failure-text.js';
import type { Loop } from '../loop.js';
import { wasCancelled } from '../was-cancelled.js';

/** Repeats a step until infrastructure lets it end, after a pause each; null if the loop is stopped meanwhile. */
export const patiently = async <T>(loop: Loop, what: string, step: () => Promise<T>): Promise<T | null> => {
  for (;;) {
    try {
      return await step();
    } catch (error) {
      if (isCancellation(error)) throw error;
      if (wasCancelled(error)) throw new CancelledFailure(`${what} was cancelled`);
      log.warn(`${what} waits for infrastructure`, { error });
      if (loop.state.phase !== 'paused') loop.halt(`${what} could not go on: ${failureText(error)}`);
      await condition(() => loop.state.phase !== 'paused');
      if (loop.stopping !== null) return null;
    }
  }
};
