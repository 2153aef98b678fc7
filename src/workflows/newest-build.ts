import { makeContinueAsNewFunc, workflowInfo, type Workflow } from '@temporalio/workflow';

/** Another build of the code than this run's is the current one now (worker versioning, from Temporal 1.32). */
export const isOutdated = (): boolean => workflowInfo().targetWorkerDeploymentVersionChanged;

/** Continues as new: on the build that is current then, where workers have versions. */
export async function continueOnNewest<F extends Workflow>(...args: Parameters<F>): Promise<never> {
  const versioned = workflowInfo().currentDeploymentVersion !== undefined;
  return await makeContinueAsNewFunc<F>(versioned ? { initialVersioningBehavior: 'AUTO_UPGRADE' } : {})(
    ...args,
  );
}
