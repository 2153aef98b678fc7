import { beforeAll, describe, expect, test } from 'vitest';
import { workflowBundle } from '../../support/temporal.js';
import { type FleetPlan, mixedFleet, oneLoop } from '../../support/virtual/fleet-plan.js';
import { type FleetReport, reportFleet } from '../../support/virtual/fleet-report.js';
import { wasFree } from '../../support/virtual/idle-gaps.js';
import { simulateFleet, type Simulation } from '../../support/virtual/simulate-fleet.js';

const simulate = async (plan: FleetPlan): Promise<Simulation & { report: FleetReport }> => {
  const simulation = await simulateFleet(plan, await workflowBundle());
  return { ...simulation, report: reportFleet(plan, simulation.record) };
};

/** Half a minute of processor time, on a machine that may be busy. */
const PATIENCE_MS = 1_200_000;

/** The heartbeat timeout of a run, and five seconds. */
const NOTICED_MS = 25_000;

describe('10,000 experiments of four loops on eight devices of three classes, whose hosts come, go and die', () => {
  const plan = mixedFleet(10_000);
  let fleet: Awaited<ReturnType<typeof simulate>>;
  beforeAll(async () => {
    fleet = await simulate(plan);
  }, PATIENCE_MS);

  test('every experiment has one row, and every run one result', () => {
    for (const one of fleet.report.loops) {
      expect(one, one.loop).toMatchObject({ lost: 0, doubled: 0, countedTwice: 0 });
      expect(one.kept, one.loop).toBeGreaterThan(0);
    }
  });

  test('no loop goes beyond its budget', () => {
    const asked = plan.loops.map(({ budget }) => budget.experiments);
    expect(fleet.report.loops.map(({ experiments }) => experiments)).toEqual(asked);
  });

  test('devices that are up are busy', () => {
    for (const one of fleet.report.classes) expect(one.utilisation, one.class).toBeGreaterThan(0.97);
  });

  test('a device begins its next run within a second, ninety-nine times of a hundred', () => {
    for (const one of fleet.report.classes) expect(one.idle.p99, one.class).toBeLessThanOrEqual(1);
  });

  test('two loops that ask for as many devices of a class get as much of it', () => {
    const [one, other] = fleet.report.loops.filter((loop) => loop.share < 1);
    expect(Math.abs((one?.share ?? 0) - (other?.share ?? 1))).toBeLessThan(0.02);
  });

  test('what dies with its host is in the queue again within the heartbeat timeout and five seconds', () => {
    expect(fleet.record.losses.length).toBeGreaterThan(20);
    for (const { key, lostAt, queuedAt } of fleet.record.losses) {
      expect((queuedAt ?? Infinity) - lostAt, key).toBeLessThanOrEqual(NOTICED_MS);
    }
  });

  test('hosts were lost in every way, and loops continued as new', () => {
    const ends = new Set(fleet.record.leases.map(({ end }) => end));
    expect(ends).toEqual(new Set(['taken', 'killed', 'unheard']));
    for (const { name } of plan.loops) expect(fleet.runs[name], name).toBeGreaterThan(1);
    expect(fleet.mostEvents).toBeLessThan(10_240);
  });
});

describe('one loop that has a class to itself', () => {
  test.each([
    { devices: 1, runSeconds: [30, 60], proposeSeconds: [60, 120], why: 'a model of twice a run' },
    { devices: 4, runSeconds: [30, 60], proposeSeconds: [60, 120], why: 'a model of twice a run' },
    { devices: 2, runSeconds: [30, 40], proposeSeconds: [100, 240], why: 'a model of five runs' },
    { devices: 3, runSeconds: [30, 600], proposeSeconds: [5, 120], why: 'runs of any length' },
    { devices: 1, runSeconds: [300, 300], proposeSeconds: [5, 120], why: 'runs of one length' },
    // the first proposals are waited for, whatever comes after: enough runs for them to be less than one in a hundred
  ] as const)("$devices devices don't wait for $why", async ({ devices, runSeconds, proposeSeconds }) => {
    const { report } = await simulate(oneLoop(devices, { runSeconds, proposeSeconds, experiments: 800 }));
    const [only] = report.classes;
    expect(only?.idle.p99).toBeLessThanOrEqual(1);
    expect(only?.utilisation).toBeGreaterThan(0.95);
  });

  test('device hours are not overrun', async () => {
    const plan = oneLoop(3, { runSeconds: [30, 600], proposeSeconds: [5, 120], experiments: 1 });
    const [loop] = plan.loops;
    if (loop === undefined) throw new Error('no loop');
    const { record } = await simulate({ ...plan, loops: [{ ...loop, budget: { deviceHours: 5 } }] });
    const spent = record.leases.reduce((sum, { from, to }) => sum + to - from, 0) / 3_600_000;
    expect(spent).toBeLessThanOrEqual(5);
    expect(spent).toBeGreaterThan(4.4);
  });
});

test('what dies with its host is begun at once where a device is free', async () => {
  const plan = oneLoop(1, { runSeconds: [200, 600], proposeSeconds: [5, 120], experiments: 250 });
  const hosts = ['a', 'b', 'c'].map((name) => ({ name, class: 'cpu', devices: 1 }));
  const { record, report } = await simulate({ ...plan, hosts, turnover: { hours: 1, minutes: 10 } });
  const free = record.losses.filter(({ class: of, queuedAt }) => wasFree(record, of, queuedAt ?? 0));
  expect(free.length).toBeGreaterThan(3);
  for (const { key, lostAt, begunAt } of free) {
    expect((begunAt ?? Infinity) - lostAt, key).toBeLessThanOrEqual(NOTICED_MS);
  }
  expect(report.loops[0]).toMatchObject({ lost: 0, doubled: 0, countedTwice: 0 });
});

test.each([7, 8])('the same seed, %i, gives the same trace', async (seed) => {
  const plan = { ...mixedFleet(240, seed), turnover: { hours: 0.5, minutes: 5 } };
  const [once, again] = [await simulate(plan), await simulate(plan)];
  expect(again.record).toEqual(once.record);
  expect(again.took).toBe(once.took);
});
