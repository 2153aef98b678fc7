import { proxyActivities } from '@temporalio/workflow';
import { CONTROL_QUEUE } from '../../../contract/names.js';
import type { StewardClientActivities } from '../../../contract/steward.js';

/** A question waits for its planned moment, and for those before it; silence of the worker is noticed much earlier. */
export const { askSteward, noteKeep } = proxyActivities<StewardClientActivities>({
  taskQueue: CONTROL_QUEUE,
  startToCloseTimeout: '7 days',
  heartbeatTimeout: '12s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});
