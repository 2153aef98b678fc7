import type { WorkflowBundle } from '@temporalio/worker';
import { RESEARCH_LOOP } from '../../../src/contract/names.js';
import { loopInput, taskWith } from '../loop-input.js';
import { startControlWorker } from './control-worker.js';
import { DeviceHost } from './device-host.js';
import type { FleetPlan, PlannedLoop } from './fleet-plan.js';
import { FleetRecord } from './fleet-record.js';
import { live } from './host-life.js';
import { SimulatedEngine } from './simulated-engine.js';
import { VirtualTemporal } from './virtual-temporal.js';

const ACTIVITIES = [
  'openLoop',
  'propose',
  'settle',
  'rebase',
  'runCandidate',
  'livingClasses',
  'awaitDevice',
];

/** One run at least is made ready while the devices are busy: `on_deck` of the device worker. */
const onDeckOfWorker = (devices: number): number => Math.max(1, Math.ceil(devices / 4));

const taskOf = (loop: PlannedLoop) =>
  taskWith({
    name: loop.name.split('/')[0] ?? '',
    concurrency: loop.concurrency,
    budget: loop.budget,
    proposer: { kind: 'openai', model: 'slow', timeout: 300 },
    run: { command: 'python3 train.py', budget: loop.runSeconds[1], device: loop.class },
  });

export interface Simulation {
  record: FleetRecord;
  /** runs of each loop's workflow, and the longest history of any */
  runs: Record<string, number>;
  mostEvents: number;
  /** virtual milliseconds */
  took: number;
}

/** A whole fleet in virtual time, through the real workflows: ends when every loop has. */
export const simulateFleet = async (plan: FleetPlan, bundle: WorkflowBundle): Promise<Simulation> => {
  const temporal = new VirtualTemporal(bundle, ACTIVITIES);
  const { clock } = temporal;
  const began = clock.now;
  const record = new FleetRecord();
  const engine = new SimulatedEngine(plan, record, () => clock.now);
  startControlWorker(temporal, engine);
  const hosts = plan.hosts.map(
    (planned) =>
      new DeviceHost(planned, {
        temporal,
        engine,
        record,
        onDeck: plan.onDeck === true ? onDeckOfWorker : () => 0,
      }),
  );
  for (const host of hosts) live(host, plan, clock);
  for (const loop of plan.loops)
    await temporal.start(loop.name, RESEARCH_LOOP, [loopInput(loop.name, taskOf(loop))]);
  await temporal.run();
  for (const host of hosts) host.drain();
  const executions = [...temporal.executions.values()];
  for (const { id, ended } of executions)
    if (ended !== null && 'failure' in ended) throw new Error(`${id}: ${ended.failure}`);
  await temporal.close();
  return {
    record,
    runs: Object.fromEntries(executions.map(({ id, runs }) => [id, runs])),
    mostEvents: Math.max(...executions.map((one) => one.mostEvents)),
    took: clock.now - began,
  };
};
