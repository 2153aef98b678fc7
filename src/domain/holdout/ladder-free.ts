import type { HoldoutVerdict } from '../../contract/steward.js';
import { mean, standardError } from '../statistics.js';

/**
 * Parameter-free Ladder: whether a paired mean gain passes z standard errors; then alone may its score be reported.
 * The authors' code uses z = 1; 2 is the default here.
 */
export const passesLadder = (gains: readonly number[], z: number, eps = 0): boolean =>
  gains.length >= 2 && mean(gains) - eps > z * standardError(gains);

/** The same test as an answer about candidate against incumbent, on one finite suite. */
export const ladderVerdict = (
  gains: readonly number[],
  { z, eps }: { z: number; eps: number },
): HoldoutVerdict => {
  if (gains.some((gain) => Number.isNaN(gain) || gain === Infinity)) return 'invalid';
  if (gains.includes(-Infinity)) return 'harmful';
  if (gains.length < 2) return 'undecided';
  if (gains.every((gain) => gain === 0)) return 'flat';
  if (passesLadder(gains, z, eps)) return 'pays';
  if (
    passesLadder(
      gains.map((gain) => -gain),
      z,
    )
  )
    return 'harmful';
  const within = gains.map((gain) => eps - gain);
  return passesLadder(within, z) ? 'flat' : 'undecided';
};
