import type { GateReport } from '../../contract/gates.js';
import type {
  MechanismCall,
  MechanismCheck,
  MechanismStep,
  MechanismStepped,
} from '../../contract/mechanism-run.js';

/** What a host thread is asked, one at a time. */
export type HostTask = { kind: 'step'; step: MechanismStep } | { kind: 'check'; check: MechanismCheck };

export type HostAnswer =
  | { kind: 'step'; stepped: MechanismStepped }
  | { kind: 'check'; report: GateReport }
  /** of autolift, not of the mechanism */
  | { kind: 'bug'; stack: string };

export interface ThreadData {
  /** 32-bit numbers that the thread writes and its keeper reads, also while a call goes on: see `SLOTS` */
  slots: SharedArrayBuffer;
}

export const SLOTS = {
  /** calls into a sandbox that have begun */
  calls: 0,
  /** which of `CALLS` the last of them is */
  during: 1,
  /** the thread's number for `cpuSeconds`; 0: it has not started yet */
  thread: 2,
} as const;

export const CALLS: readonly MechanismCall[] = ['load', 'init', 'propose', 'observe'];
