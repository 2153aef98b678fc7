import type { FleetPlan } from './fleet-plan.js';
import type { FleetRecord, Lease } from './fleet-record.js';

export const rising = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

export const quantile = (values: readonly number[], part: number): number =>
  values[Math.min(values.length - 1, Math.floor(part * values.length))] ?? 0;

/** From when every loop of the class has its baseline until the first of them begins nothing more. */
export const steady = ({ loops }: FleetPlan, record: FleetRecord, of: string): readonly [number, number] => {
  const names = loops.filter((loop) => loop.class === of).map(({ name }) => name);
  const from = Math.max(...names.map((name) => record.opened.get(name) ?? Infinity));
  return [from, Math.min(...names.map((name) => record.closed.get(name) ?? Infinity))];
};

/** Seconds between two runs of a device that was up all the while, rising. */
export const idleGaps = (
  record: FleetRecord,
  leases: readonly Lease[],
  [from, to]: readonly [number, number],
): number[] => {
  const gaps = record.ups.flatMap(({ device, from: came, to: went }) => {
    const there = leases
      .filter((one) => one.device === device)
      .filter((one) => one.from >= Math.max(came, from) && one.from <= Math.min(went, to))
      .sort((a, b) => a.from - b.from);
    return there.slice(1).map((next, at) => (next.from - (there[at]?.to ?? next.from)) / 1000);
  });
  return rising(gaps);
};

/** Whether some device of the class had nothing to do at that moment. */
export const wasFree = ({ ups, leases }: FleetRecord, of: string, at: number): boolean => {
  const covers = (one: { from: number; to: number }): boolean => one.from <= at && at < one.to;
  const held = new Set(leases.filter((one) => one.class === of && covers(one)).map(({ device }) => device));
  return ups.some((one) => one.class === of && covers(one) && !held.has(one.device));
};
