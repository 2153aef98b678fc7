import { studentQuantile } from '../distributions/student-t.js';
import { mean, standardDeviation } from '../statistics.js';
import { interquartileMean } from './interquartile-mean.js';
import { signFlip } from './sign-flip.js';
import { symmetryLogE } from './symmetry-evidence.js';

/** Differences below are rounding. */
const TIE = 1e-12;

/** A two-sided paired t test at .05 has 80 % power from about (1.96 + .84)² / d² + 1.96² / 2 pairs on. (Guenther 1981.) */
const pairsFor = (effect: number): number => Math.ceil(7.849 / effect ** 2 + 1.921);

export interface Paired {
  n: number;
  mean: number;
  sd: number;
  /** interquartile mean; null without pairs */
  iqm: number | null;
  /** 95 % interval of the mean, by Student's t; null below two pairs */
  interval: { low: number; high: number } | null;
  /** d_z, the mean in standard deviations of the differences; null where they don't vary */
  effect: number | null;
  wins: number;
  ties: number;
  losses: number;
  /** two-sided, by the sign-flip test */
  p: number;
  /** e-value against the same as `p`: two of studies on other seeds may be multiplied */
  e: number;
  /** pairs for 80 % power at this effect; null without one */
  needed: number | null;
}

const intervalOf = (d: readonly number[], sd: number): Paired['interval'] => {
  if (d.length < 2) return null;
  const half = (studentQuantile(0.975, d.length - 1) * sd) / Math.sqrt(d.length);
  return { low: mean(d) - half, high: mean(d) + half };
};

/** What paired differences say. */
export const paired = (d: readonly number[]): Paired => {
  const centre = d.length === 0 ? 0 : mean(d);
  const spread = standardDeviation(d);
  const sd = spread < TIE ? 0 : spread;
  const still = d.length > 0 && Math.abs(centre) < TIE ? 0 : null;
  const effect = sd === 0 ? still : centre / sd;
  return {
    n: d.length,
    mean: centre,
    sd,
    iqm: d.length === 0 ? null : interquartileMean(d),
    interval: intervalOf(d, sd),
    effect,
    wins: d.filter((one) => one > TIE).length,
    ties: d.filter((one) => Math.abs(one) <= TIE).length,
    losses: d.filter((one) => one < -TIE).length,
    p: signFlip(d),
    e: Math.exp(symmetryLogE(d)),
    needed: effect === null || effect === 0 ? null : pairsFor(effect),
  };
};
