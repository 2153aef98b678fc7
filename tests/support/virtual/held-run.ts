import type { RunRequest } from '../../../src/contract/run-schema.js';
import type { ActivityExecution } from './activity-execution.js';
import type { Attempt } from './attempt.js';
import { HEARTBEAT_MS } from './latency.js';
import type { Event } from './virtual-clock.js';

/** A run that a device worker has in hand, with or without a device. */
export interface HeldRun {
  readonly activity: ActivityExecution;
  readonly attempt: Attempt;
  readonly request: RunRequest;
  readonly takenAt: number;
  /** when it got its device */
  since: number;
  /** what it does next, or ends with */
  next: Event | null;
}

/** When the server has last heard of it. */
export const lastHeartbeat = ({ takenAt }: HeldRun, now: number): number =>
  takenAt + Math.floor((now - takenAt) / HEARTBEAT_MS) * HEARTBEAT_MS;
