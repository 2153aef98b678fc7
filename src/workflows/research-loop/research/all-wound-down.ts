import { patched } from '@temporalio/workflow';
import { wasCancelled } from '../was-cancelled.js';

/**
 * All lanes to their ends. Cancelled, the first that is over is not the last: whoever reads that it has ended is not to find
 * loops of it that still run, nor their devices taken.
 */
export const allWoundDown = async (lanes: readonly Promise<void>[]): Promise<void> => {
  try {
    await Promise.all(lanes);
  } catch (error) {
    if (wasCancelled(error) && patched('every loop winds down')) await Promise.allSettled(lanes);
    throw error;
  }
};
