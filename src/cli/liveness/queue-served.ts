import { hostname } from 'node:os';
import type { Client, Connection } from '@temporalio/client';
import { CONTROL_QUEUE, deviceQueue } from '../../contract/names.js';
import { engineState } from '../../embedded/index.js';
import { identify } from '../../embedded/process-identity.js';
import { isServed } from '../../domain/device/is-served.js';
import { seenWorkers } from '../../workers/seen-workers.js';
import type { Settings } from '../../workers/settings.js';

/** The server that knows the queues, and what this machine runs. */
export interface Asked {
  client: Client;
  settings: Settings;
}

/** Numbers of an enum in a package of Temporal's own. */
const WORKFLOW_TASKS = 1;

/** A worker that has nothing to do asks again after a minute. */
const FRESH_MS = 75_000;
const ANSWER_MS = 3000;

interface Poller {
  identity: string;
  at: number;
}

/** Null where the server doesn't tell: then nobody is said to be missing. */
const pollersOf = async ({ client, settings }: Asked, queue: string): Promise<Poller[] | null> => {
  const service = (client.connection as Connection).workflowService;
  const answer = await client
    .withDeadline(Date.now() + ANSWER_MS, async () =>
      service.describeTaskQueue({
        namespace: settings.temporal.namespace,
        taskQueue: { name: queue },
        // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- the enum is in a package of Temporal's own
        taskQueueType: WORKFLOW_TASKS,
      }),
    )
    .catch(() => null);
  if (answer === null) return null;
  return answer.pollers.map(({ identity, lastAccessTime }) => ({
    identity: identity ?? '',
    at: Number(lastAccessTime?.seconds ?? 0) * 1000,
  }));
};

const hostOf = (name: string): string => name.split('.')[0] ?? '';

/** Known to be dead: the server remembers a poller for minutes, but on this machine its process can be looked for. */
const isDead = ({ temporal }: Settings, { identity }: Pick<Poller, 'identity'>): boolean => {
  // a container may share this machine's name and not its processes
  if (temporal.kind === 'external') return false;
  const [, host, pid] = /@([^:]*):(\d+)$/.exec(identity) ?? [];
  return host !== undefined && hostOf(host) === hostOf(hostname()) && identify(Number(pid)) === null;
};

const livesHere = (settings: Settings, isIt: (name: string) => boolean): boolean =>
  engineState(settings).services.some(({ name, alive }) => alive && isIt(name));

/** Whether a control worker lives: it asks for work even while it works. */
export const controlServed = async (asked: Asked): Promise<boolean> => {
  const { settings } = asked;
  if (livesHere(settings, (name) => name === 'control')) return true;
  const pollers = await pollersOf(asked, CONTROL_QUEUE);
  if (pollers === null) return true;
  return pollers.some((poller) => Date.now() - poller.at < FRESH_MS && !isDead(settings, poller));
};

/** Whether a worker of this class lives, on whatever host. */
export const deviceServed = async (asked: Asked, device: string): Promise<boolean> => {
  const { client, settings } = asked;
  if (device === 'cpu' && livesHere(settings, (name) => name.startsWith('device-'))) return true;
  const service = (client.connection as Connection).workflowService;
  const at = { service, namespace: settings.temporal.namespace };
  const seen = await client.withDeadline(Date.now() + ANSWER_MS, async () =>
    seenWorkers(at, deviceQueue(device)),
  );
  return (
    seen === null ||
    isServed(
      seen.filter((worker) => !isDead(settings, worker)),
      Date.now(),
    )
  );
};
