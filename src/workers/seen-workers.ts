import type { WorkflowService } from '@temporalio/client';
import type { SeenWorker } from '../contract/fleet.js';

/** Numbers of enums in a package of Temporal's own. */
const ACTIVITY_TASKS = 2;
const SHUTTING_DOWN = 2;

const PAGE = 1000;
const MOST_PAGES = 20;

/** A server, and where on it. */
export interface Asked {
  service: WorkflowService;
  namespace: string;
}

const millis = (time: { seconds?: unknown } | null | undefined): number => Number(time?.seconds ?? 0) * 1000;

const hasEnded = (status: number): boolean => status >= SHUTTING_DOWN;

/** Who has sent heartbeats, newest knowledge of each; a server that keeps none of them says nothing. */
export const listWorkers = async ({ service, namespace }: Asked, query = ''): Promise<SeenWorker[]> => {
  const found: SeenWorker[] = [];
  let nextPageToken: Uint8Array = new Uint8Array();
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await service.listWorkers({ namespace, query, pageSize: PAGE, nextPageToken });
    for (const { workerHeartbeat: beat } of answer.workersInfo) {
      found.push({
        identity: beat?.workerIdentity ?? '',
        queue: beat?.taskQueue ?? '',
        seenAt: millis(beat?.heartbeatTime),
        by: 'heartbeat',
        ended: hasEnded(beat?.status ?? 0),
      });
    }
    nextPageToken = answer.nextPageToken;
    if (nextPageToken.length === 0) break;
  }
  return found;
};

/** Who asks a queue for activities, and how many tasks wait there. */
export const describeQueue = async (
  { service, namespace }: Asked,
  queue: string,
): Promise<{ pollers: SeenWorker[]; backlog: number }> => {
  const answer = await service.describeTaskQueue({
    namespace,
    taskQueue: { name: queue },
    // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- the enum is in a package of Temporal's own
    taskQueueType: ACTIVITY_TASKS,
    reportStats: true,
  });
  const pollers = answer.pollers.map(({ identity, lastAccessTime }): SeenWorker => ({
    identity: identity ?? '',
    queue,
    seenAt: millis(lastAccessTime),
    by: 'poll',
    ended: false,
  }));
  return { pollers, backlog: Number(answer.stats?.approximateBacklogCount ?? 0) };
};

/** Who has been seen at a queue; null where the server doesn't tell. */
export const seenWorkers = async (asked: Asked, queue: string): Promise<SeenWorker[] | null> => {
  const [described, beating] = await Promise.all([
    describeQueue(asked, queue).catch(() => null),
    listWorkers(asked, `TaskQueue="${queue}"`).catch(() => []),
  ]);
  return described === null ? null : [...described.pollers, ...beating];
};
