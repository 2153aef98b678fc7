import { expect, test } from 'vitest';
import type { ArmPlan, SearchEnd } from '../../../../src/contract/ablation.js';
import { planOf } from '../../../../src/domain/ablation/plan-of.js';
import { failedSearch } from '../../../../src/domain/ablation/searches.js';
import { ablationInput } from '../../../support/ablation.js';
import { IN_FORCE } from '../../../support/method-in-force.js';
import { taskWith } from '../../../support/loop-input.js';

const tasks = ['one', 'two'].map((name) => taskWith({ name, budget: { experiments: 20, wallClock: 60 } }));
const input = ablationInput({ arms: ['A', 'A+', 'S'], tasks });

const restarts = { after: 7, from: 'elites' as const };
const lifted: ArmPlan = {
  method: { ...IN_FORCE, ref: 'found', policy: { ...IN_FORCE.policy, restarts } },
  tasks,
};
const found: SearchEnd[] = [
  { ...failedSearch({ arm: 'C', index: 0 }, 'search', ''), failed: null, plan: lifted, experiments: 101 },
];

test('A+ gets what the search has used, shared out among the tasks, and no wall clock', () => {
  const plan = planOf('A+', 0, { input, found });
  expect(plan?.tasks.map(({ budget }) => budget.experiments)).toEqual([20 + 51, 20 + 51]);
  expect(plan?.tasks[0]?.budget.wallClock).toBeUndefined();
  const given = planOf('A+', 0, { input: { ...input, plus: 33 }, found });
  expect(given?.tasks.map(({ budget }) => budget.experiments)).toEqual([33, 33]);
});

test('the sham has the resets of what was found, and nothing else of it', () => {
  const sham = planOf('S', 0, { input, found });
  expect(sham?.method.policy.restarts).toEqual(restarts);
  expect(sham?.method.policy.mechanism).toBe(input.plans.S?.method.policy.mechanism);
  expect(planOf('S', 0, { input, found: [] })).toEqual(input.plans.S);
});

test('an arm whose search failed has no plan, and repeats share searches in turns', () => {
  const failed = failedSearch({ arm: 'C', index: 1 }, 'search', 'crashed');
  const both = { input: { ...input, searchesEach: 2 }, found: [...found, failed] };
  expect([0, 1, 2].map((repeat) => planOf('C', repeat, both)?.method.ref ?? null)).toEqual([
    'found',
    null,
    'found',
  ]);
});
