import type { MECHANISM_LIMITS } from '../../contract/mechanism.js';

/** The contract's limits: domain takes only types from there, and the type says that these are the same. */
export const LIMITS: typeof MECHANISM_LIMITS = {
  trials: 200,
  elites: 64,
  state: 64 * 1024,
  moves: 32,
  patterns: 256,
  batch: 64,
  hint: 280,
  why: 500,
  rnd: 64,
  source: 64 * 1024,
};
