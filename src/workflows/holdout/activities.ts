import { proxyActivities } from '@temporalio/workflow';
import { STEWARD_QUEUE, type StewardActivities } from '../../contract/steward.js';

/** Questions wait for one another, so the time to close is that of a long queue; silence is noticed much earlier. */
export const { answerQuery, appendKeep, checkVault } = proxyActivities<StewardActivities>({
  taskQueue: STEWARD_QUEUE,
  startToCloseTimeout: '7 days',
  heartbeatTimeout: '12s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1 minute' },
});
