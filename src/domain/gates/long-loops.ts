import { TRAIN } from '../simulation/families.js';
import { openInstance } from '../simulation/instance.js';
import { openLoop, OPERATORS } from '../simulation/loop-state.js';
import { PLAIN } from '../simulation/loop-setting.js';
import { DEFAULTS } from '../simulation/parameters.js';
import { runLoop } from '../simulation/run-loop.js';
import { SPACE } from '../simulation/steps.js';
import type { Trace } from './loop-so-far.js';

const T = 60;

/**
 * Simulated loops of sixty trials, stuck for most of them. For mechanisms that wait: for the last third of the budget, for the
 * twenty-fifth failure in a row. The recorded loops are too short for these.
 */
export const longLoops = (): Trace[] =>
  TRAIN.map((family) => {
    const { sigma } = PLAIN;
    const instance = openInstance(family, 'long loop');
    const { trials } = runLoop({ ...PLAIN, T, parameters: DEFAULTS, instance });
    const config = Object.fromEntries(SPACE.map(({ id }) => [id, 0]));
    const { incumbent } = openLoop(config, 0, sigma);
    const start = { T, space: SPACE, incumbent, noise: { sigma, rho: 0 }, operators: OPERATORS };
    return { name: `long ${family.name}`, start, trials };
  });
