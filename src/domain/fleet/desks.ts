import type { SeenWorker } from '../../contract/fleet.js';
import { bestKnown, isFresh } from '../device/is-served.js';

/** One device worker's process, as the server knows it. */
export interface Desk {
  /** where it answers for itself */
  queue: string;
  host: string;
  pid: string;
  classes: string[];
  /** it may vanish, and nobody expects it back */
  borrowed: boolean;
  seenAt: number;
  /** heard of within a moment: worth asking */
  fresh: boolean;
}

/** As python-gpu-activity's worker.py makes it. */
const IDENTITY = /^device\.(.+)@([^@:]+):(\d+)(:borrowed)?$/;

/** So long a borrowed host that has vanished is listed. */
export const GONE_SHOWN_MS = 300_000;

/** A queue of the class itself, not that of one host of it. */
const classOfQueue = (queue: string, host: string): string[] =>
  queue.startsWith('device.') && !queue.endsWith(`.${host}`) ? [queue.slice('device.'.length)] : [];

/** Of one process: a worker of several classes has a name for each. */
const deskOf = (seen: readonly SeenWorker[], now: number): Desk[] => {
  const names = seen.map(({ identity }) => IDENTITY.exec(identity) ?? []);
  const [, , host, pid, borrowed] = names[0] ?? [];
  const living = seen.filter(({ ended }) => !ended);
  if (host === undefined || pid === undefined || living.length === 0) return [];
  const asking = seen.flatMap(({ queue }) => classOfQueue(queue, host));
  const classes = asking.length === 0 ? names.map(([, name = '']) => name) : asking;
  return [
    {
      queue: `host.${host}.${pid}`,
      host,
      pid,
      classes: [...new Set(classes)].toSorted(),
      borrowed: borrowed !== undefined,
      seenAt: Math.max(...living.map(({ seenAt }) => seenAt)),
      fresh: living.some((worker) => isFresh(worker, now)),
    },
  ];
};

/** Another process has taken its place: a worker that was started again. */
const isReplaced = (desk: Desk, desks: readonly Desk[]): boolean =>
  !desk.fresh &&
  desks.some(
    (other) =>
      other.fresh && other.host === desk.host && other.classes.some((one) => desk.classes.includes(one)),
  );

const isForgotten = ({ borrowed, fresh, seenAt }: Desk, now: number): boolean =>
  borrowed && !fresh && now - seenAt > GONE_SHOWN_MS;

/** The device workers' processes among all that a server has seen: the living, and the dead that nobody replaced. */
export const desksOf = (seen: readonly SeenWorker[], now: number): Desk[] => {
  const processes = new Map<string, SeenWorker[]>();
  for (const worker of bestKnown(seen, now)) {
    const [, , host, pid] = IDENTITY.exec(worker.identity) ?? [];
    const process = `${host ?? ''}:${pid ?? ''}`;
    processes.set(process, [...(processes.get(process) ?? []), worker]);
  }
  const desks = [...processes.values()].flatMap((of) => deskOf(of, now));
  return desks
    .filter((desk) => !isReplaced(desk, desks) && !isForgotten(desk, now))
    .toSorted((a, b) => a.host.localeCompare(b.host) || Number(a.pid) - Number(b.pid));
};
