import { CancellationScope, condition } from '@temporalio/workflow';

/** Waits for a step, but not longer than until something else holds: then the step is cancelled, and null comes back. */
export const unless = async <T>(holds: () => boolean, step: () => Promise<T>): Promise<T | null> => {
  const scope = new CancellationScope({ cancellable: true });
  try {
    return await scope.run(async () => Promise.race([step(), condition(holds).then(() => null)]));
  } finally {
    scope.cancel();
  }
};
