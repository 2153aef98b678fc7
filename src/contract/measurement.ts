import type { BlobRef } from './blob.js';
import type { RunStatus } from './outcome.js';
import type { DeviceFacts, RunCourse } from './run-schema.js';

export type Role = 'baseline' | 'candidate' | 'incumbent';

/** The part of a run's report that decisions rest on; small enough for a loop's state. */
export interface Measurement {
  role: Role;
  /** nth measurement of this role in this experiment, from 0 */
  index: number;
  commit: string;
  seed: number;
  status: RunStatus;
  /** the metric's value; null if there is none */
  value: number | null;
  origin: 'measured' | 'reported';
  deviceClass: string;
  /** seconds that devices were held: of several at once, the sum */
  deviceSeconds: number;
  detail: string;
  /** every other finite metric */
  metrics?: Record<string, number>;
}

/** What the ledger keeps of a run beside the measurement. */
export interface RunRecord extends Measurement {
  metrics: Record<string, number>;
  tail: string;
  log: BlobRef | null;
  evaluatorLog: BlobRef | null;
  evaluatorHash: string | null;
  peakMemoryBytes: number;
  exitCode: number | null;
  device: {
    class: string;
    name: string;
    id: string;
    host: string;
    python?: string | undefined;
    /** of the evaluator; absent from older workers, "" where none ran */
    environment?: string | undefined;
    /** absent where the device tells nothing of itself */
    facts?: DeviceFacts | null | undefined;
  };
  sandbox: 'bwrap' | 'none';
  tampering: string[];
  notes: string[];
  startedAt: string;
  /** absent where nothing is known of it */
  course?: RunCourse;
  seconds: { prepare: number; run: number; measure: number; guards: number };
}
