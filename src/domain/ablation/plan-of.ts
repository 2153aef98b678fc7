import type { AblationInput, Arm, ArmPlan, SearchEnd } from '../../contract/ablation.js';
import { childBudget } from '../research/child-budget.js';

type Planned = Pick<AblationInput, 'plans' | 'plus' | 'research' | 'searchesEach'>;

/** S as an injected mechanism would have it, but for the mechanism: whatever starts anew with it does so here too. */
export const withResetsOf = (sham: ArmPlan, lifted: ArmPlan): ArmPlan => {
  const { restarts, batch } = lifted.method.policy;
  const method = {
    ...sham.method,
    ref: `${sham.method.ref}, resets of ${lifted.method.ref}`,
    policy: { ...sham.method.policy, restarts, batch },
  };
  return { ...sham, method };
};

/** The plain loop with what the costliest search of its repeat has used, shared out among the tasks. */
const richer = (plan: ArmPlan, input: Planned, searches: readonly SearchEnd[]): ArmPlan => {
  const searched = Math.max(0, ...searches.map(({ experiments }) => experiments));
  const share = Math.ceil(searched / input.research.tasks.length);
  const tasks = plan.tasks.map((task) => {
    const experiments = input.plus ?? (task.budget.experiments ?? 0) + share;
    return { ...task, budget: childBudget(task, experiments, input.research.rescore) };
  });
  return { ...plan, tasks };
};

/** What an arm searches with in a repeat; null: the search for it failed. */
export const planOf = (
  arm: Arm,
  repeat: number,
  { input, found }: { input: Planned; found: readonly SearchEnd[] },
): ArmPlan | null => {
  const searches = found.filter(({ index }) => index === repeat % input.searchesEach);
  const foundFor = (one: Arm): ArmPlan | null =>
    input.plans[one] ?? searches.find((search) => search.arm === one)?.plan ?? null;
  const plan = foundFor(arm);
  if (plan === null) return null;
  if (arm === 'A+') return richer(plan, input, searches);
  const lifted = foundFor('C') ?? foundFor('D');
  return arm === 'S' && lifted !== null ? withResetsOf(plan, lifted) : plan;
};
