import type { MechanismStanding, SteeringRecord } from '../../contract/steering.js';
import { injectionFinding } from '../gates/canary.js';

/**
 * G6 after injection: how a mechanism stands in its loop after so many trials. Inert is what it is as long as it asks for
 * nothing: one that waits for its moment counts from then on.
 */
export const standingOf = (record: SteeringRecord, trials: number): MechanismStanding => {
  if (record.faults.length > 0) return 'faulty';
  if (record.nonIdentity > 0) return 'live';
  return injectionFinding(record, trials) === null ? 'untried' : 'inert';
};

/** The fault of a mechanism that a person took out. */
export const STOPPED_BY_HAND = 'stopped by hand';

/** Why it is inert, in words; null: it isn't. */
export const inertReason = (record: SteeringRecord, trials: number): string | null =>
  standingOf(record, trials) === 'inert' ? (injectionFinding(record, trials)?.reason ?? null) : null;

/** Share of loops below whose mechanism broke, or was taken out; null where none had one. */
export const faultyShare = (standings: readonly (MechanismStanding | undefined)[]): number | null => {
  const had = standings.filter((one) => one !== undefined);
  return had.length === 0 ? null : had.filter((one) => one === 'faulty').length / had.length;
};

/** Share of loops below whose mechanism may count; null where none had one. */
export const liveShare = (standings: readonly (MechanismStanding | undefined)[]): number | null => {
  const had = standings.filter((one) => one !== undefined);
  if (had.length === 0) return null;
  return had.filter((one) => one === 'live' || one === 'untried').length / had.length;
};
