import type { Client, Connection } from '@temporalio/client';
import type { SeenWorker } from '../../contract/fleet.js';
import { deviceQueue, RESEARCH_LOOP } from '../../contract/names.js';
import { desksOf, type Desk } from '../../domain/fleet/desks.js';
import { fleetView, type FleetView, type QueueFacts } from '../../domain/fleet/fleet-view.js';
import { parentOf } from '../../domain/research/child-names.js';
import { describeQueue, listWorkers } from '../../workers/seen-workers.js';
import type { Engine } from '../engine.js';
import { controlServed } from '../liveness/queue-served.js';
import { askDesks } from './ask-hosts.js';

/** The class that every laptop has; others are known by who serves them or wants them. */
const ALWAYS = 'cpu';

const loopsByClass = async (client: Client): Promise<Map<string, string[]>> => {
  const found = new Map<string, string[]>();
  const query = `WorkflowType = '${RESEARCH_LOOP}' AND ExecutionStatus = 'Running'`;
  for await (const { workflowId, searchAttributes } of client.workflow.list({ query })) {
    const name = String(searchAttributes?.['DeviceClass']?.[0] ?? '');
    if (name !== '' && parentOf(workflowId) === null)
      found.set(name, [...(found.get(name) ?? []), workflowId]);
  }
  return found;
};

interface Looked {
  desks: Desk[];
  queues: QueueFacts[];
}

/** What the server knows without asking anybody: heartbeats, and who asks the queues that are known. */
export const lookAround = async ({
  client,
  settings,
}: Pick<Engine, 'client' | 'settings'>): Promise<Looked> => {
  const service = (client.connection as Connection).workflowService;
  const asked = { service, namespace: settings.temporal.namespace };
  const [beating, wanted] = await Promise.all([
    listWorkers(asked).catch((): SeenWorker[] => []),
    loopsByClass(client),
  ]);
  const now = Date.now();
  const served = desksOf(beating, now).flatMap(({ classes }) => classes);
  const classes = [...new Set([...served, ...wanted.keys(), ALWAYS])].toSorted();
  const described = await Promise.all(
    classes.map(async (name) => describeQueue(asked, deviceQueue(name)).catch(() => null)),
  );
  const polling = described.flatMap((queue) => queue?.pollers ?? []);
  const queues = classes.map((name, at) => ({
    class: name,
    queued: described[at]?.backlog ?? null,
    loops: wanted.get(name) ?? [],
  }));
  return { desks: desksOf([...beating, ...polling], now), queues };
};

/** The fleet as it is now; `asked` is false where nobody could carry the question to the hosts. */
export const readFleet = async (engine: Engine): Promise<FleetView & { asked: boolean }> => {
  const { desks, queues } = await lookAround(engine);
  const asked = await controlServed(engine);
  const answers = asked
    ? await askDesks(engine.client, 'describe', desks)
    : desks.map((desk) => ({ desk, report: null }));
  const idle = ({ class: name, loops, queued }: QueueFacts): boolean =>
    name === ALWAYS &&
    loops.length === 0 &&
    queued === 0 &&
    !desks.some(({ classes }) => classes.includes(name));
  const known = queues.filter((queue) => !idle(queue));
  return { ...fleetView(answers, known), asked };
};
