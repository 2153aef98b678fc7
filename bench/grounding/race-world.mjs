/**
 * 600 evaluations of a search: y = mu + a(seed) + b, sd 1 together, correlation rho on one seed.
 *
 * Assumed, since the specification doesn't say: of the proposals that don't gain, a fifth changes nothing and the
 * rest loses Exp(1) sigma; effects add up; a rule that compares single runs uses one seed throughout.
 */
import { stream } from './normal.mjs';

export const EVALUATIONS = 600;
const NEUTRAL = 0.2;
const MEAN_LOSS = 1;

/** Assumed too: the practical minimum (in sigma) under the MDE, which fits the rules' rows only if it falls later. */
const PHASES = {
  early: { share: 0.15, from: 0.2, to: 3, practical: 0.9 },
  late: { share: 0.03, from: 0.1, to: 1, practical: 0.5 },
};

export const world = ({ phase, rho }, ...name) => {
  const { next, normal } = stream(...name);
  const { share, from, to, practical } = PHASES[phase];
  const shared = new Map();
  const seedEffect = (seed) => {
    if (!shared.has(seed)) shared.set(seed, Math.sqrt(rho) * normal());
    return shared.get(seed);
  };
  const noise = Math.sqrt(1 - rho);
  let left = EVALUATIONS;
  return {
    rho,
    practical,
    sd: Math.sqrt(2 * (1 - rho)),
    noise,
    left: () => left,
    /** true effect of the next proposal, in sigma */
    propose() {
      if (next() < share) return from + (to - from) * next();
      return next() < NEUTRAL ? 0 : MEAN_LOSS * Math.log1p(-next());
    },
    measure(mu, seed) {
      left--;
      return mu + seedEffect(seed) + noise * normal();
    },
  };
};
