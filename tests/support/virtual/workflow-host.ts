import vm from 'node:vm';
import { TypedSearchAttributes } from '@temporalio/common';
import type { WorkflowBundle } from '@temporalio/worker';
import { ReusableVMWorkflowCreator } from '@temporalio/worker/lib/workflow/reusable-vm.js';
import type { Workflow, WorkflowCreateOptions } from '@temporalio/worker/lib/workflow/interface.js';

type Activation = Parameters<Workflow['activate']>[0];
type Completion = Awaited<ReturnType<Workflow['activate']>>;

/** The SDK's own words for what the server tells a workflow, and what that answers. */
export type Job = NonNullable<Activation['jobs']>[number];
export type Command = NonNullable<NonNullable<Completion['successful']>['commands']>[number];
export type ActivityCommand = NonNullable<Command['scheduleActivity']>;
export type Resolution = NonNullable<NonNullable<Job['resolveActivity']>['result']>;
export type Failure = NonNullable<NonNullable<Resolution['failed']>['failure']>;

export interface Starting {
  workflowId: string;
  runId: string;
  workflowType: string;
  now: number;
}

const infoOf = ({ workflowId, runId, workflowType, now }: Starting): WorkflowCreateOptions['info'] => ({
  workflowId,
  runId,
  workflowType,
  searchAttributes: {},
  typedSearchAttributes: new TypedSearchAttributes(),
  taskQueue: 'control',
  namespace: 'default',
  firstExecutionRunId: runId,
  originalExecutionRunId: runId,
  historyLength: 0,
  historySize: 0,
  continueAsNewSuggested: false,
  startTime: new Date(now),
  runStartTime: new Date(now),
  taskTimeoutMs: 10_000,
  attempt: 1,
  targetWorkerDeploymentVersionChanged: false,
  unsafe: {
    now: () => now,
    isReplaying: false,
    isReplayingHistoryEvents: false,
    random: () => 0.5,
  } as unknown as WorkflowCreateOptions['info']['unsafe'],
});

/** Without a limit: a thread that watches each step would take more time than the step. */
const NO_LIMIT = undefined as unknown as number;

/**
 * The SDK's own workflow runtime, in this thread and without its core: whoever holds it plays the server. The hooks that
 * record a stack for each promise are left out, as they cost most of the time.
 */
export class WorkflowHost {
  private readonly creator: ReusableVMWorkflowCreator;

  constructor(bundle: WorkflowBundle, activities: readonly string[]) {
    const script = new vm.Script(bundle.code, { filename: 'workflows.js' });
    const sourceMap = { version: 3, sources: [], names: [], mappings: '', file: '' };
    this.creator = new ReusableVMWorkflowCreator(
      script,
      { code: bundle.code, filename: 'workflows.js', sourceMap },
      NO_LIMIT,
      new Set(activities),
    );
  }

  async create(starting: Starting): Promise<Workflow> {
    return await this.creator.createWorkflow({
      info: infoOf(starting),
      randomnessSeed: [...Buffer.from(starting.runId)],
      now: starting.now,
      showStackTraceSources: false,
      failureExceptionTypeNames: [],
    });
  }

  async close(): Promise<void> {
    await this.creator.destroy();
  }
}
