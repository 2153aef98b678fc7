import type { ContestOptions, ContestRule } from '../../contract/contest.js';
import type { Noise } from '../../contract/loop.js';
import type { Acceptance } from '../../contract/task-schema.js';
import { smallestEffect } from '../acceptance/gains.js';
import { sequentialTest } from '../acceptance/sequential-test.js';
import type { Direction } from '../score.js';
import { bracketOf } from './contest-rules.js';

export interface ContestSetting {
  direction: Direction;
  /** the incumbent's */
  standing: { value: number; n: number };
  noise: (Noise & { rho?: number }) | null;
  arms: number;
  /** contests that the loop has held before */
  held: number;
  /** runs of the baseline */
  repeats: number;
}

/** Two runs of each arm in the first round, twice as many in each that follows. */
const usualPulls = (arms: number): number => 2 * arms * Math.ceil(Math.log2(Math.max(2, arms)));

/** What a task's options, the noise and the incumbent's standing make of a contest. */
export const contestOptions = (
  acceptance: Acceptance & { rule: ContestRule },
  setting: ContestSetting,
): ContestOptions => {
  const { direction, standing, noise, arms, held, repeats } = setting;
  const evidence = { direction, candidate: [], incumbent: [], standing, noise };
  const test = sequentialTest(evidence, acceptance);
  const { rule, alpha, raceTest, pulls } = acceptance;
  return {
    rule,
    arms,
    drop: { test: raceTest, alpha },
    test: rule === 'race' ? { ...test, alpha: alpha / Math.max(1, arms) } : test,
    least: smallestEffect(evidence, acceptance),
    pulls: pulls ?? usualPulls(arms),
    rungs: rule === 'hyperband' ? bracketOf(acceptance, held) : [],
    repeats,
  };
};
