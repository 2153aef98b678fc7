import type { FleetPlan } from './fleet-plan.js';
import type { FleetRecord, Lease } from './fleet-record.js';
import { idleGaps, quantile, rising, steady } from './idle-gaps.js';

export interface ClassReport {
  class: string;
  devices: number;
  /** of the time that its devices were up while all its loops searched, the part that went into runs that count */
  utilisation: number;
  /** seconds from a run's end to the next one's beginning on a device that stayed; part of them longer than a second */
  idle: { p50: number; p99: number; most: number; longer: number };
  /** seconds from the queue to a device */
  wait: { p50: number; p99: number };
  /** of devices: up; runs that count; runs that were lost with their host, or done by somebody else meanwhile */
  hours: { up: number; counted: number; killed: number; unheard: number };
}

export interface LoopReport {
  loop: string;
  experiments: number;
  kept: number;
  /** numbers without a row, and with more than one */
  lost: number;
  doubled: number;
  /** runs of which two results were taken */
  countedTwice: number;
  /** verdicts between a candidate's proposal and its own, in the mean */
  between: number;
  /** of the device time of its class */
  share: number;
}

const overlap = (one: { from: number; to: number }, [from, to]: readonly [number, number]): number =>
  Math.max(0, Math.min(one.to, to) - Math.max(one.from, from)) / 3_600_000;

const total = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0);

const classReport = (plan: FleetPlan, record: FleetRecord, of: string): ClassReport => {
  const within = steady(plan, record, of);
  const leases = record.leases.filter((one) => one.class === of);
  const hours = (end: Lease['end']): number =>
    total(leases.filter((one) => one.end === end).map((one) => overlap(one, within)));
  const up = total(record.ups.filter((one) => one.class === of).map((one) => overlap(one, within)));
  const gaps = idleGaps(record, leases, within);
  const waits = rising(leases.map(({ queuedAt, from }) => (from - queuedAt) / 1000));
  return {
    class: of,
    devices: total(plan.hosts.filter((host) => host.class === of).map(({ devices }) => devices)),
    utilisation: hours('taken') / up,
    idle: {
      p50: quantile(gaps, 0.5),
      p99: quantile(gaps, 0.99),
      most: gaps.at(-1) ?? 0,
      longer: gaps.filter((gap) => gap > 1).length / Math.max(1, gaps.length),
    },
    wait: { p50: quantile(waits, 0.5), p99: quantile(waits, 0.99) },
    hours: { up, counted: hours('taken'), killed: hours('killed'), unheard: hours('unheard') },
  };
};

/** How many of the rising values are no greater. */
const upTo = (values: readonly number[], limit: number): number => {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
};

const loopReport = (plan: FleetPlan, record: FleetRecord, loop: FleetPlan['loops'][number]): LoopReport => {
  const rows = record.rows.get(loop.name) ?? [];
  const numbers = new Set(rows.map(({ experiment }) => experiment));
  const searched = rows.filter(({ experiment }) => experiment > 0);
  const ends = rising(searched.map(({ settledAt }) => settledAt));
  const passed = searched.map(
    ({ proposedAt, settledAt }) => upTo(ends, settledAt - 1) - upTo(ends, proposedAt),
  );
  const within = steady(plan, record, loop.class);
  const taken = record.leases.filter((one) => one.class === loop.class && one.end === 'taken');
  const own = taken.filter((one) => one.loop === loop.name);
  const hours = (leases: readonly Lease[]): number => total(leases.map((one) => overlap(one, within)));
  return {
    loop: loop.name,
    experiments: searched.length,
    kept: searched.filter(({ outcome }) => outcome === 'keep').length,
    lost: Math.max(...numbers) + 1 - numbers.size,
    doubled: rows.length - numbers.size,
    countedTwice: own.length - new Set(own.map(({ key }) => key)).size,
    between: total(passed) / Math.max(1, passed.length),
    share: hours(own) / hours(taken),
  };
};

export interface FleetReport {
  classes: ClassReport[];
  loops: LoopReport[];
}

export const reportFleet = (plan: FleetPlan, record: FleetRecord): FleetReport => ({
  classes: [...new Set(plan.hosts.map((host) => host.class))].map((of) => classReport(plan, record, of)),
  loops: plan.loops.map((loop) => loopReport(plan, record, loop)),
});
