import { ApplicationFailure } from '@temporalio/activity';
import type { ControlActivities } from '../../contract/activities.js';
import type { DeviceLook, SeenWorker } from '../../contract/fleet.js';
import { deviceQueue } from '../../contract/names.js';
import { nobodyServes } from '../../domain/device/choose-device.js';
import { isServed } from '../../domain/device/is-served.js';

export interface FleetDeps {
  /** who has been seen at a queue; null: the server doesn't tell */
  seenWorkers: (queue: string) => Promise<SeenWorker[] | null>;
}

/** A server that doesn't tell is no reason to wait. */
export const createLivingClasses =
  ({ seenWorkers }: FleetDeps): ControlActivities['livingClasses'] =>
  async ({ classes }: DeviceLook) => {
    const now = Date.now();
    const seen = await Promise.all(classes.map(async (one) => seenWorkers(deviceQueue(one))));
    return {
      living: classes.filter((_, index) => {
        const workers = seen[index] ?? null;
        return workers === null || isServed(workers, now);
      }),
    };
  };

/** Fails while there is nobody: the server tries again, which holds no worker and leaves no history, and its page says why. */
export const createAwaitDevice = (deps: FleetDeps): ControlActivities['awaitDevice'] => {
  const look = createLivingClasses(deps);
  return async ({ classes }) => {
    const found = await look({ classes });
    if (found.living.length === 0) throw ApplicationFailure.retryable(nobodyServes(classes), 'NobodyServes');
    return found;
  };
};
