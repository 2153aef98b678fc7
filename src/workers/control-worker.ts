import { hostname } from 'node:os';
import { join } from 'node:path';
import { Worker, type NativeConnection } from '@temporalio/worker';
import { CONTROL_QUEUE } from '../contract/names.js';
import { pinnedTo, type DeploymentVersion } from './deployment.js';
import { PACKAGE_ROOT } from './package-root.js';

export interface ControlWorkerParts {
  connection: NativeConnection;
  namespace: string;
  activities: object;
  deployment: DeploymentVersion | null;
  /** prebuilt: bundling in the worker would keep 70 MB of webpack */
  bundle?: string;
}

export const WORKFLOW_BUNDLE = join(PACKAGE_ROOT, 'dist', 'workflow-bundle.js');

/** Serves workflows and control activities. */
export async function createControlWorker(parts: ControlWorkerParts): Promise<Worker> {
  return await Worker.create({
    connection: parts.connection,
    namespace: parts.namespace,
    taskQueue: CONTROL_QUEUE,
    identity: `control@${hostname()}:${String(process.pid)}`,
    workflowBundle: { codePath: parts.bundle ?? WORKFLOW_BUNDLE },
    activities: parts.activities,
    ...(parts.deployment && { workerDeploymentOptions: pinnedTo(parts.deployment) }),
    maxCachedWorkflows: 200,
    maxConcurrentWorkflowTaskExecutions: 40,
    maxConcurrentActivityTaskExecutions: 64,
    workflowThreadPoolSize: 1,
    // a killed worker's workflows wait so long before another one takes them over
    stickyQueueScheduleToStartTimeout: '5s',
    maxHeartbeatThrottleInterval: '5s',
    shutdownGraceTime: '10s',
    shutdownForceTime: '20s',
  });
}
