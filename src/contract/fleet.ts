/** A run that a device worker has taken: on a device, or waiting there for one. */
export interface HostRun {
  /** of its request: `<loop>/<experiment>/<role>/<index>` */
  key: string;
  phase: string;
  /** since when it holds what it holds, in milliseconds since the epoch */
  since: number;
  /** as it says itself; absent where it doesn't */
  step?: number;
  loss?: number;
  tokensPerSecond?: number;
}

export interface HostDevice {
  class: string;
  name: string;
  id: string;
  /** null: free, as far as this worker knows */
  run: HostRun | null;
}

/** What a device worker says of itself, as python-gpu-activity's fleet/describe.py makes it. */
export interface HostReport {
  v: 1;
  host: string;
  pid: number;
  /** folder of its locks: workers that share it share their devices */
  home: string;
  autolift: string;
  python: string;
  sandbox: 'bwrap' | 'none';
  /** since when it is drained; null: it takes runs */
  draining: string | null;
  /** it may vanish; absent: a worker older than this */
  borrowed?: boolean;
  /** when it leaves by itself; null: it isn't known */
  leavesAt?: string | null;
  /** runnable processes of the last minute; null where the system doesn't count them */
  load: number | null;
  cores: number;
  devices: HostDevice[];
  /** taken, and waiting for a device of this host */
  waiting: HostRun[];
}

/** Activities of a device worker's own desk, which answers however busy the devices are. */
export interface HostActivities {
  describeHost(): Promise<HostReport>;
  drainHost(wanted: boolean): Promise<HostReport>;
}

/** Argument of the workflow that asks hosts; one call of `autolift fleet` is one of it. */
export interface AskHosts {
  v: 1;
  ask: 'describe' | 'drain' | 'undrain';
  /** desks, each of one worker process */
  queues: string[];
}

/** In the order of the queues; null: no answer in time. */
export type HostAnswers = (HostReport | null)[];

/** A worker as the server has heard of it, by its own heartbeats or as it last asked for work. */
export interface SeenWorker {
  identity: string;
  queue: string;
  /** milliseconds since the epoch */
  seenAt: number;
  /** heartbeat: sent every ten seconds, busy or not; poll: the last question for work, which may wait a minute */
  by: 'heartbeat' | 'poll';
  /** it said goodbye */
  ended: boolean;
}

/** Argument of `livingClasses`. */
export interface DeviceLook {
  /** in order of preference */
  classes: string[];
}
