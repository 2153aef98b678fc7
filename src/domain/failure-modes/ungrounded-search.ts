import type { LiftOptions } from '../lift/lift-options.js';
import { type Climb, rent, RENT_PERIOD } from '../lift/rent.js';
import type { Check, Detector, Level } from './detector.js';

export interface ClimbTrail {
  level: Level;
  /** task values of R_0 … R_n, see `rent` */
  climb: Climb;
  /** experiments that were executed for each lift, n of them */
  experiments: readonly number[];
  options?: Partial<LiftOptions>;
}

/** Executed experiments that the lifts of one rent period need, two each. */
const LEAST_EXPERIMENTS = 6;

const unpaid: Check<ClimbTrail> = {
  name: 'rent',
  finds: ({ level, climb, options }) => {
    const decision = rent(climb, options);
    if (decision.rent !== 'unpaid') return null;
    return {
      why: `unpaid: ${String(RENT_PERIOD)} lifts of ${level} together are ${decision.verdict} on held-out tasks`,
      response: [{ do: 'stop-level', level, keep: decision.keep }, { do: 'require-experiment-plan' }],
    };
  },
};

const unexecuted: Check<ClimbTrail> = {
  name: 'experiments',
  finds: ({ level, climb, experiments }) => {
    const recent = experiments.slice(-RENT_PERIOD);
    const executed = recent.reduce((sum, one) => sum + one, 0);
    if (recent.length < RENT_PERIOD || executed >= LEAST_EXPERIMENTS) return null;
    return {
      why: `${String(RENT_PERIOD)} lifts of ${level} executed ${String(executed)} experiments`,
      response: [
        { do: 'stop-level', level, keep: Math.max(0, climb.length - 1 - RENT_PERIOD) },
        { do: 'require-experiment-plan' },
      ],
    };
  },
};

/** The second check by itself, for a level whose rent is asked of somebody else. */
export const UNEXECUTED: Detector<ClimbTrail> = { mode: 'ungrounded-search', checks: [unexecuted] };

/** Levels that rewrite themselves without the world: rent unpaid over 3 lifts, or fewer than 6 experiments in 3 lifts. */
export const ungroundedSearch: Detector<ClimbTrail> = {
  mode: 'ungrounded-search',
  checks: [unpaid, unexecuted],
};
