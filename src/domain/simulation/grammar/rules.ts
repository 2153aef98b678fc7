import type { Json } from '../../../contract/json.js';
import type { Random } from '../../random.js';

type Params = Readonly<Record<string, Json>>;

/** The rules that the grammar composes, by their file in mechanisms/, and what may be set about each. */
export const RULES: Readonly<Record<string, (draw: Random) => Params>> = {
  tabu: (draw) => ({ length: draw.pick([2, 4, 8, 16]) }),
  novelty: () => ({}),
  'sign-flip': () => ({}),
  'line-search': () => ({}),
  sweep: (draw) => ({ step: draw.pick([1, 2, 3]) }),
  ucb1: (draw) => ({ c: draw.pick([0.1, 0.3, 1]), step: draw.pick([1, 2, 3]) }),
  thompson: () => ({ arms: 'knobs' }),
  annealing: (draw) => ({ noises: draw.pick([1, 2, 5, 10]) }),
  pairs: (draw) => ({ noises: draw.pick([2, 4, 8]) }),
  'orthogonal-array': () => ({}),
  restarts: (draw) => ({ patience: draw.pick([5, 10, 15]) }),
};

export const RULE_NAMES = Object.keys(RULES);
