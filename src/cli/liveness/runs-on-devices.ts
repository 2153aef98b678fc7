import type { WorkflowExecutionDescription } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { type RunProgress, runProgressSchema } from '../../contract/run-schema.js';
import type { LoopStatus } from '../../contract/loop.js';
import { readRunKey } from '../../domain/fleet/run-key.js';

const RUN = 'runCandidate';

/** What the runs of a loop last said in their heartbeats; those of another version are passed over. */
export const runsOnDevices = ({ raw }: Pick<WorkflowExecutionDescription, 'raw'>): RunProgress[] =>
  (raw.pendingActivities ?? []).flatMap(({ activityType, heartbeatDetails }) => {
    const [payload] = heartbeatDetails?.payloads ?? [];
    if (activityType?.name !== RUN || payload === undefined) return [];
    try {
      const read = runProgressSchema.safeParse(defaultPayloadConverter.fromPayload(payload));
      return read.success ? [read.data] : [];
    } catch {
      return [];
    }
  });

/** The status with what each of its experiments is doing on a device now. */
export const withRuns = (status: LoopStatus, runs: readonly RunProgress[]): LoopStatus => ({
  ...status,
  running: status.running.map((one) => {
    const run = runs.find(({ key }) => readRunKey(key)?.experiment === one.experiment);
    return run === undefined ? one : { ...one, run };
  }),
});
