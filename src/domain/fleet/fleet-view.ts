import type { HostDevice, HostReport, HostRun } from '../../contract/fleet.js';
import type { Desk } from './desks.js';

export type HostState = 'up' | 'draining' | 'drained' | 'silent' | 'gone';

/** One host, or one folder of it: workers that share their locks share their devices. */
export interface HostView {
  host: string;
  classes: string[];
  state: HostState;
  /** it may vanish at any time */
  borrowed: boolean;
  /** when a borrowed host leaves by itself; null: it isn't known */
  leavesAt: string | null;
  /** when the server last heard of it, in milliseconds since the epoch */
  seenAt: number;
  /** since when it is drained */
  draining: string | null;
  devices: HostDevice[];
  /** taken by the host, waiting for one of its devices */
  waiting: HostRun[];
  /** null: it didn't answer */
  about: Pick<HostReport, 'home' | 'autolift' | 'python' | 'sandbox' | 'load' | 'cores'> | null;
}

export interface QueueView {
  class: string;
  hosts: number;
  devices: number;
  free: number;
  /** runs that wait at the server for any host; null: it doesn't tell */
  queued: number | null;
  /** runs that wait on a host */
  onDeck: number;
  loops: string[];
}

export interface FleetView {
  hosts: HostView[];
  queues: QueueView[];
}

/** A process, and what it said when it was asked. */
export interface Asked {
  desk: Desk;
  report: HostReport | null;
}

const mergeDevices = (reports: readonly HostReport[]): HostDevice[] => {
  const found = new Map<string, HostDevice>();
  for (const device of reports.flatMap(({ devices }) => devices)) {
    const key = `${device.class}/${device.id}`;
    const known = found.get(key);
    if (known === undefined || known.run === null) found.set(key, device);
  }
  return [...found.values()];
};

/** Of one that doesn't answer: a borrowed host that nobody hears of has been taken back. */
const absence = (asked: readonly Asked[]): HostState =>
  asked.every(({ desk }) => desk.borrowed && !desk.fresh) ? 'gone' : 'silent';

const stateOf = (reports: readonly HostReport[], devices: readonly HostDevice[]): HostState => {
  if (reports.every(({ draining }) => draining === null)) return 'up';
  return devices.some(({ run }) => run !== null) ? 'draining' : 'drained';
};

const hostView = (asked: readonly Asked[]): HostView => {
  const reports = asked.flatMap(({ report }) => (report === null ? [] : [report]));
  const devices = mergeDevices(reports);
  const [first] = reports;
  return {
    host: asked[0]?.desk.host ?? '',
    classes: [...new Set(asked.flatMap(({ desk }) => desk.classes))].toSorted(),
    state: reports.length === 0 ? absence(asked) : stateOf(reports, devices),
    borrowed: asked.every(({ desk }) => desk.borrowed),
    leavesAt: first?.leavesAt ?? null,
    seenAt: Math.max(...asked.map(({ desk }) => desk.seenAt)),
    draining: reports.find(({ draining }) => draining !== null)?.draining ?? null,
    devices,
    waiting: reports.flatMap(({ waiting }) => waiting),
    about:
      first === undefined
        ? null
        : {
            home: first.home,
            autolift: first.autolift,
            python: first.python,
            sandbox: first.sandbox,
            load: first.load,
            cores: first.cores,
          },
  };
};

/** Those that answered by host and folder, those that are silent each by itself. */
const group = (asked: readonly Asked[]): Asked[][] => {
  const groups = new Map<string, Asked[]>();
  for (const one of asked) {
    const key = one.report === null ? one.desk.queue : `${one.report.host} ${one.report.home}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
};

export interface QueueFacts {
  class: string;
  queued: number | null;
  loops: string[];
}

const queueView = ({ class: name, queued, loops }: QueueFacts, hosts: readonly HostView[]): QueueView => {
  const serving = hosts.filter(({ state, classes }) => state === 'up' && classes.includes(name));
  const devices = serving.flatMap((host) => host.devices.filter((device) => device.class === name));
  const alone = serving.filter(({ classes }) => classes.length === 1);
  return {
    class: name,
    hosts: serving.length,
    devices: devices.length,
    free: devices.filter(({ run }) => run === null).length,
    queued,
    onDeck: alone.reduce((sum, { waiting }) => sum + waiting.length, 0),
    loops,
  };
};

/** What is known of the whole fleet, from what the server has seen and what the hosts have said. */
export const fleetView = (asked: readonly Asked[], queues: readonly QueueFacts[]): FleetView => {
  const hosts = group(asked).map(hostView);
  return { hosts, queues: queues.map((facts) => queueView(facts, hosts)) };
};
