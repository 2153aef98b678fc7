import type { GateReport } from '../../contract/gates.js';
import type { Check } from '../check-mechanism.js';
import type { MechanismStep, MechanismStepped } from '../run-mechanism.js';

/** What a host thread is asked, one at a time. */
export type HostTask = { kind: 'step'; step: MechanismStep } | { kind: 'check'; check: Check };

export type HostAnswer =
  | { kind: 'step'; stepped: MechanismStepped }
  | { kind: 'check'; report: GateReport }
  /** of autolift, not of the mechanism */
  | { kind: 'bug'; stack: string };

export interface ThreadData {
  /** one 32-bit number, raised with every call into a sandbox */
  beats: SharedArrayBuffer;
}
