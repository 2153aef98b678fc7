import type { StandingRecord } from '../../contract/standing.js';

/** Keeps that still stand, in their order: those that an alarm has taken back are none. */
export const standingKeeps = <T extends { experiment: number; settledAt: number }>(
  kept: readonly T[],
  reverts: StandingRecord['reverts'],
): T[] =>
  reverts.reduce<T[]>((standing, { to, at }) => {
    const last = standing.findIndex(({ experiment }) => experiment === to);
    return standing.filter(({ settledAt }, index) => index <= last || settledAt > at);
  }, kept.slice());
