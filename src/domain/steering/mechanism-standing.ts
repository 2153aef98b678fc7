import type { MechanismStanding, SteeringRecord } from '../../contract/steering.js';
import { injectionFinding } from '../gates/canary.js';

/**
 * G6 after injection: how a mechanism stands in its loop after so many trials. Inert is what it is as long as it changes
 * nothing: one that waits for its moment counts from then on.
 */
export const standingOf = (record: SteeringRecord, trials: number): MechanismStanding => {
  if (record.faults.length > 0) return 'faulty';
  if (record.nonIdentity > 0 && record.complied > 0) return 'live';
  return injectionFinding(record, trials) === null ? 'untried' : 'inert';
};

/** The fault of a mechanism that a person took out. */
export const STOPPED_BY_HAND = 'stopped by hand';

/** Why it is inert, in words; null: it isn't. */
export const inertReason = (record: SteeringRecord, trials: number): string | null =>
  standingOf(record, trials) === 'inert' ? (injectionFinding(record, trials)?.reason ?? null) : null;

/**
 * Shares of loops below whose mechanism was live, had no chance, and broke or was taken out; null where none had one. What
 * was never tried is no dead one, and as little what a gain can be due to.
 */
export const standingShares = (
  standings: readonly (MechanismStanding | undefined)[],
): { live: number; untried: number; faulty: number } | null => {
  const had = standings.filter((one) => one !== undefined);
  if (had.length === 0) return null;
  const shareOf = (standing: MechanismStanding): number =>
    had.filter((one) => one === standing).length / had.length;
  return { live: shareOf('live'), untried: shareOf('untried'), faulty: shareOf('faulty') };
};
