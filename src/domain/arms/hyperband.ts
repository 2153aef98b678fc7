import { bestFirst } from './best-first.js';

/** A rung of a bracket: so many arms, each at this fidelity. */
export interface Rung {
  arms: number;
  fidelity: number;
}

/** s_max = floor(log_eta R), safe against log's last digit. */
const largestBracket = (R: number, eta: number): number => {
  let s = 0;
  while (eta ** (s + 1) <= R * (1 + 1e-12)) s++;
  return s;
};

/**
 * Hyperband's brackets, most exploring first: bracket s = s_max … 0 starts n = ceil((s_max + 1) / (s + 1) eta^s) arms at
 * fidelity r = R eta^-s; each rung keeps floor(n / eta) of them at eta times the fidelity, up to R. Needs a fidelity:
 * steps, data, time. (Li et al., JMLR 18, 2018.)
 */
export const hyperbandBrackets = (R: number, eta: number): Rung[][] => {
  if (!(R >= 1 && eta > 1)) throw new RangeError('hyperband needs R >= 1 and eta > 1');
  const most = largestBracket(R, eta);
  return Array.from({ length: most + 1 }, (_, position) => {
    const s = most - position;
    const n = Math.ceil(((most + 1) / (s + 1)) * eta ** s);
    return Array.from({ length: s + 1 }, (_rung, i) => ({
      arms: Math.floor(n / eta ** i),
      fidelity: R * eta ** (i - s),
    }));
  });
};

/** Who goes on to the next rung of a bracket: as many of the best as it holds, higher means first. */
export const nextRung = (next: Rung, arms: readonly number[], meanOf: (arm: number) => number): number[] =>
  bestFirst(arms, meanOf).slice(0, next.arms);
