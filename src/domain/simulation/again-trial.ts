import type { Move, Trial } from '../../contract/mechanism.js';
import type { Config } from '../mechanism/apply-moves.js';
import { candidateKey } from '../mechanism/move-key.js';
import { mean } from '../statistics.js';
import type { SimulatedLoop } from './loop-state.js';

interface Again {
  /** the known trial */
  of: number;
  config: Config;
  moves: readonly Move[];
  /** without those that crashed */
  values: readonly number[];
  cost: number;
  /** of one run */
  sigma: number;
}

/** The trial that a known one measured again makes: of its own, without a gain. */
export const againTrial = (
  { trials }: SimulatedLoop,
  { of, config, moves, values, cost, sigma }: Again,
): Trial => {
  const n = values.length;
  return {
    id: trials.length + 1,
    parentId: of,
    moves,
    key: candidateKey(moves),
    config,
    operator: 'mechanism',
    scores: n === 0 ? null : { mean: mean(values), se: sigma / Math.sqrt(n), n },
    dy: null,
    status: n === 0 ? 'crash' : 'dup',
    reason: 'again',
    fidelity: 1,
    cost,
  };
};
