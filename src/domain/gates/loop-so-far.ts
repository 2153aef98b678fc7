import type { Elite, MechanismContext, Trial } from '../../contract/mechanism.js';
import { buildContext } from '../mechanism/build-context.js';
import { moveKey } from '../mechanism/move-key.js';

/** What a loop knows before its first trial. */
export type Start = Pick<MechanismContext, 'T' | 'space' | 'incumbent' | 'noise' | 'operators'>;

/** A loop as it went: recorded, or made up. */
export interface Trace {
  name: string;
  start: Start;
  trials: readonly Trial[];
}

const eliteOf = ({ id, config, scores, descriptor }: Trial): Elite => ({
  id,
  config,
  mean: scores?.mean ?? 0,
  ...(scores?.perTask !== undefined && { perTask: scores.perTask }),
  ...(descriptor !== undefined && { descriptor }),
});

const countMoves = (trials: readonly Trial[]): Record<string, number> => {
  const stats: Record<string, number> = {};
  for (const key of trials.flatMap(({ moves }) => moves.map(moveKey))) stats[key] = (stats[key] ?? 0) + 1;
  return stats;
};

/** What a mechanism is told after these trials: kept ones were incumbents. `seed` fixes its random numbers. */
export const contextAfter = (start: Start, trials: readonly Trial[], seed: number): MechanismContext => {
  const kept = trials.filter(({ status, scores }) => status === 'keep' && scores !== null);
  const last = kept.at(-1);
  const incumbent =
    last?.scores == null
      ? start.incumbent
      : { id: last.id, config: last.config, mean: last.scores.mean, se: last.scores.se, n: last.scores.n };
  return buildContext({
    ...start,
    t: trials.length,
    incumbent,
    trials,
    elites: [eliteOf({ ...FIRST, ...start.incumbent }), ...kept.map(eliteOf)],
    priorStats: countMoves(trials),
    seed,
  });
};

const FIRST: Trial = {
  id: 0,
  parentId: null,
  moves: [],
  key: '',
  config: null,
  operator: '',
  scores: null,
  dy: null,
  status: 'keep',
  fidelity: 1,
  cost: 0,
};
