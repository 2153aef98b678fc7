/**
 * 600 evaluations of a search: y = mu + a(seed) + b, sd 1 together, correlation rho on one seed.
 *
 * Assumed, since the specification doesn't say: of the proposals that don't gain, a quarter changes nothing and the
 * rest loses U(0, 2) sigma; effects add up; a rule that compares single runs uses one seed throughout.
 */
import { stream } from './normal.mjs';

export const EVALUATIONS = 600;
const NEUTRAL = 0.25;
const LOSS = 2;

const PHASES = {
  early: { share: 0.15, from: 0.2, to: 3 },
  late: { share: 0.03, from: 0.1, to: 1 },
};

export const world = ({ phase, rho }, ...name) => {
  const { next, normal } = stream(...name);
  const { share, from, to } = PHASES[phase];
  const shared = new Map();
  const seedEffect = (seed) => {
    if (!shared.has(seed)) shared.set(seed, Math.sqrt(rho) * normal());
    return shared.get(seed);
  };
  const noise = Math.sqrt(1 - rho);
  let left = EVALUATIONS;
  return {
    rho,
    sd: Math.sqrt(2 * (1 - rho)),
    noise,
    left: () => left,
    /** true effect of the next proposal, in sigma */
    propose() {
      if (next() < share) return from + (to - from) * next();
      return next() < NEUTRAL ? 0 : -LOSS * next();
    },
    measure(mu, seed) {
      left--;
      return mu + seedEffect(seed) + noise * normal();
    },
  };
};
