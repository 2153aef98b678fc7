import type { GateReport } from '../../contract/gates.js';
import type { MechanismCheck, MechanismStep, MechanismStepped } from '../../contract/mechanism-run.js';

/** What a host thread is asked, one at a time. */
export type HostTask = { kind: 'step'; step: MechanismStep } | { kind: 'check'; check: MechanismCheck };

export type HostAnswer =
  | { kind: 'step'; stepped: MechanismStepped }
  | { kind: 'check'; report: GateReport }
  /** of autolift, not of the mechanism */
  | { kind: 'bug'; stack: string };

export interface ThreadData {
  /** one 32-bit number, raised with every call into a sandbox */
  beats: SharedArrayBuffer;
}
