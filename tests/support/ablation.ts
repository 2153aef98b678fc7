import type { AblationInput, Arm, ArmPlan, CellEnd } from '../../src/contract/ablation.js';
import type { Task } from '../../src/contract/task-schema.js';
import { loopInput, taskWith } from './loop-input.js';
import { IN_FORCE } from './method-in-force.js';

/** An ablation of a loss that starts at 10 and counts as won at 0; every arm has a plan of its own name. */
export const ablationInput = (more: Partial<AblationInput> & { tasks?: Task[] } = {}): AblationInput => {
  const { tasks = [taskWith({ name: 'one', budget: { experiments: 2 } })], ...rest } = more;
  const arms = rest.arms ?? (['A', 'S'] satisfies Arm[]);
  const plan = (arm: Arm): ArmPlan => ({ method: { ...IN_FORCE, ref: `method of ${arm}` }, tasks });
  return {
    v: 1,
    id: 'ablation/toy',
    attempt: 1,
    seed: 0,
    n: 2,
    parallel: 1,
    arms,
    research: {
      tasks: tasks.map((task) => ({
        task,
        source: loopInput('below/x', task).source,
        target: 0,
        base: null,
      })),
      repeats: 1,
      rescore: 2,
      parallel: 1,
    },
    plans: Object.fromEntries(arms.map((arm) => [arm, plan(arm)])),
    searches: {},
    searchesEach: 1,
    plus: null,
    found: [],
    ended: [],
    ...rest,
  };
};

export const cellEnd = (more: Partial<CellEnd> & Pick<CellEnd, 'arm' | 'repeat'>): CellEnd => ({
  task: 0,
  loop: '',
  u: 0,
  failed: null,
  value: 1,
  baseline: 0,
  keeps: 0,
  experiments: 2,
  deviceSeconds: 1,
  dollars: 0,
  tokens: 0,
  ...more,
});
