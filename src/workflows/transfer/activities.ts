import { proxyActivities } from '@temporalio/workflow';
import type { ControlActivities } from '../../contract/activities.js';
import { CONTROL_QUEUE } from '../../contract/names.js';

export const { openTransfer, recordTransfer } = proxyActivities<ControlActivities>({
  taskQueue: CONTROL_QUEUE,
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '12s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
});
