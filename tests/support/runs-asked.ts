import type { Client } from '@temporalio/client';
import type { RunRequest } from '../../src/contract/run-schema.js';

export interface AskedRun extends Pick<RunRequest, 'key' | 'role'> {
  /** how often a device was given it until it ended; 0: it hasn't */
  attempts: number;
}

/** Every run that a loop has asked devices for, from Temporal's history. */
export const runsAsked = async (client: Client, loop: string): Promise<AskedRun[]> => {
  const { events } = await client.workflow.getHandle(loop).fetchHistory();
  const attempts = new Map(
    // an activity's start is written down when it ends
    events?.map(({ activityTaskStartedEventAttributes: begun }) => [
      String(begun?.scheduledEventId),
      begun?.attempt ?? 0,
    ]),
  );
  return (events ?? []).flatMap(({ eventId, activityTaskScheduledEventAttributes: asked }) => {
    if (asked?.activityType?.name !== 'runCandidate') return [];
    const { data } = asked.input?.payloads?.[0] ?? {};
    const { key, role } = JSON.parse(Buffer.from(data ?? []).toString()) as RunRequest;
    return [{ key, role, attempts: attempts.get(String(eventId)) ?? 0 }];
  });
};
