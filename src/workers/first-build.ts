import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NativeConnection } from '@temporalio/worker';
import type { DeploymentVersion } from './deployment.js';

const NOT_FOUND = 5;
const PAUSE_MS = 500;

interface Asked {
  connection: Pick<NativeConnection, 'workflowService'>;
  namespace: string;
}

/**
 * Makes a build the current one where its deployment has none yet: until then nothing that is started would be served. A
 * build that comes later waits to be made current, by `temporal worker deployment set-current-version`.
 *
 * @returns the build that new loops go to
 */
export async function makeFirstCurrent(asked: Asked, version: DeploymentVersion): Promise<string> {
  const { namespace } = asked;
  const { deploymentName, buildId } = version;
  const { workerDeploymentInfo: known, conflictToken } = await whenKnown(asked, deploymentName);
  const current = known?.routingConfig?.currentDeploymentVersion?.buildId;
  if (current) return current;
  await asked.connection.workflowService.setWorkerDeploymentCurrentVersion({
    namespace,
    deploymentName,
    buildId,
    identity: `control@${hostname()}:${String(process.pid)}`,
    conflictToken,
    ignoreMissingTaskQueues: true,
  });
  return buildId;
}

type Described = Awaited<ReturnType<NativeConnection['workflowService']['describeWorkerDeployment']>>;

/** A deployment exists once one of its workers has asked for work. */
async function whenKnown({ connection, namespace }: Asked, deploymentName: string): Promise<Described> {
  for (;;) {
    try {
      return await connection.workflowService.describeWorkerDeployment({ namespace, deploymentName });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === NOT_FOUND)) throw error;
      await sleep(PAUSE_MS);
    }
  }
}
