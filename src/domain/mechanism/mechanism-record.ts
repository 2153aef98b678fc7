import type { MechanismRecord } from '../../contract/mechanism-run.js';

export type { MechanismRecord };

export const NO_CALLS: MechanismRecord = { calls: 0, nonIdentity: 0, complied: 0, faults: [] };

const MOST_FAULTS = 8;

export const recordFault = (record: MechanismRecord, fault: string): MechanismRecord => ({
  ...record,
  faults: [...record.faults, fault.slice(0, 500)].slice(0, MOST_FAULTS),
});

export const recordCompliance = (record: MechanismRecord, complied: boolean): MechanismRecord =>
  complied ? { ...record, complied: record.complied + 1 } : record;

/** One fault and the loop goes on without it: a search that was led astray half-way proves nothing either way. */
export const isHalted = ({ faults }: MechanismRecord): boolean => faults.length > 0;

/**
 * inert: never called, never changing a decision, never obeyed, or the identity on every probe; faulty: it broke, so its loop
 * doesn't count. `distance` is its d_mech to the identity on recorded probes, null where there are none.
 */
export const livenessOf = (record: MechanismRecord, distance: number | null): 'live' | 'inert' | 'faulty' => {
  if (isHalted(record)) return 'faulty';
  return record.calls > 0 && record.nonIdentity > 0 && record.complied > 0 && distance !== 0
    ? 'live'
    : 'inert';
};
