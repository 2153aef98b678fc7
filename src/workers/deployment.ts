import type { WorkerDeploymentOptions } from '@temporalio/worker';
import { UserError } from '../contract/user-error.js';
import type { Environment } from './environment.js';

/** Which build of the code this worker runs, as Temporal's worker versioning knows it. */
export interface DeploymentVersion {
  deploymentName: string;
  buildId: string;
}

/**
 * From the variables that Temporal's Worker Controller for Kubernetes sets too. Null: this worker has no version, and what it
 * finds begun by older code it goes on with, by that code's patches.
 */
export function readDeployment(environment: Environment): DeploymentVersion | null {
  const buildId = environment['TEMPORAL_WORKER_BUILD_ID'];
  const name = environment['TEMPORAL_DEPLOYMENT_NAME'];
  if (buildId) return { deploymentName: name || 'autolift', buildId };
  if (!name) return null;
  throw new UserError(
    'is set, but no build of it',
    'TEMPORAL_DEPLOYMENT_NAME',
    'Set TEMPORAL_WORKER_BUILD_ID to this build, like v1.4.0 or a commit, or unset both.',
  );
}

/** A loop stays with the build that began its run of the workflow, and moves to the current one where it continues as new. */
export const pinnedTo = (version: DeploymentVersion): WorkerDeploymentOptions => ({
  version,
  useWorkerVersioning: true,
  defaultVersioningBehavior: 'PINNED',
});
