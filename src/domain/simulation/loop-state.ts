import type { Json } from '../../contract/json.js';
import type { Elite, MechanismContext, Trial } from '../../contract/mechanism.js';
import type { PromotionState } from '../../contract/promotion.js';
import type { Config } from '../mechanism/apply-moves.js';
import { buildContext } from '../mechanism/build-context.js';
import { type MechanismRecord, NO_CALLS } from '../mechanism/mechanism-record.js';
import type { LoopSetting } from './loop-setting.js';
import { SPACE } from './steps.js';

export interface Standing {
  id: number;
  config: Config;
  mean: number;
  se: number;
  n: number;
}

/** What branch + promote knows in a simulated loop. The branch's head is the loop's incumbent. */
export interface Promoting {
  state: PromotionState;
  /** what the loop vouches for */
  trunk: Standing;
  /** runs of tests and standings, beside the experiments */
  runs: number;
}

/** What a simulated loop knows between two experiments. */
export interface SimulatedLoop {
  trials: readonly Trial[];
  elites: readonly Elite[];
  incumbent: Standing;
  /** where the next proposal starts: the incumbent, unless annealing walked on */
  walker: Standing;
  spent: number;
  mechanism: { state: Json; record: MechanismRecord };
  proposed: Readonly<Record<string, number>>;
  /** null: the rule `floor` judges */
  promoting: Promoting | null;
}

const BASELINE_RUNS = 10;

export const openLoop = (start: Config, baseline: number, sigma: number): SimulatedLoop => {
  const se = sigma / Math.sqrt(BASELINE_RUNS);
  const incumbent = { id: 0, config: start, mean: baseline, se, n: BASELINE_RUNS };
  return {
    trials: [],
    elites: [{ id: 0, config: start, mean: baseline }],
    incumbent,
    walker: incumbent,
    spent: 0,
    mechanism: { state: null, record: NO_CALLS },
    proposed: {},
    promoting: null,
  };
};

export const OPERATORS = ['model'];

/** What the mechanism of a simulated loop is told: by the same code as that of a real one. */
export const contextOf = (loop: SimulatedLoop, { T, sigma }: LoopSetting, seed: number): MechanismContext =>
  buildContext({
    t: loop.trials.length,
    T,
    budgetLeft: Math.max(0, 1 - loop.spent / T),
    space: SPACE,
    incumbent: loop.incumbent,
    trials: loop.trials,
    elites: loop.elites,
    noise: { sigma, rho: 0 },
    operators: OPERATORS,
    priorStats: loop.proposed,
    seed,
  });
