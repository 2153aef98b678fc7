import type { RunRecord } from '../../contract/measurement.js';

/** The run that also runs the guards is no evidence: it is made because the verdict is already a keep. */
export const GUARD_INDEX = 1000;

/** The measurements that a rule may look at. */
export const evidenceOf = (measurements: readonly RunRecord[]): RunRecord[] =>
  measurements.filter(({ index }) => index !== GUARD_INDEX);
