import { random } from '../random.js';

/** Up to so many pairs every choice of signs is counted; beyond, as many are drawn as are counted at most. */
const EXACT = 16;
const DRAWS = 2 ** EXACT;

/** Sums of rounded numbers that should be equal differ by less. */
const SAME = 1 - 1e-9;

const sumOf = (d: readonly number[], positive: (index: number) => boolean): number =>
  Math.abs(d.reduce((sum, one, index) => sum + (positive(index) ? one : -one), 0));

/**
 * Two-sided p of the sign-flip test: if the arms were alike, each paired difference could as well have the other sign.
 * Assumes nothing of their distribution but that; with n pairs it can't be less than 2 / 2^n.
 */
export const signFlip = (d: readonly number[]): number => {
  if (d.length === 0) return 1;
  const seen = sumOf(d, () => true) * SAME;
  if (d.length <= EXACT) {
    const all = 2 ** d.length;
    let reached = 0;
    for (let signs = 0; signs < all; signs++)
      if (sumOf(d, (index) => ((signs >> index) & 1) === 0) >= seen) reached++;
    return reached / all;
  }
  const draw = random('sign-flip', d.length);
  let reached = 1;
  for (let i = 1; i < DRAWS; i++) if (sumOf(d, () => draw.next() < 0.5) >= seen) reached++;
  return reached / DRAWS;
};
