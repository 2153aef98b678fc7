import type { AblationInput, Arm, ArmPlan, SearchEnd } from '../../contract/ablation.js';
import { childBudget } from '../research/child-budget.js';

type Planned = Pick<AblationInput, 'plans' | 'plus' | 'research' | 'searchesEach'>;

const searchOf = (arm: Arm, repeat: number, { searchesEach }: Planned, found: readonly SearchEnd[]) =>
  found.find((one) => one.arm === arm && one.index === repeat % searchesEach);

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

/** The plain loop with what the costliest search of this repeat has used, shared out among the tasks. */
const richer = (plan: ArmPlan, repeat: number, input: Planned, found: readonly SearchEnd[]): ArmPlan => {
  const own = found.filter(({ index }) => index === repeat % input.searchesEach);
  const searched = Math.max(0, ...own.map(({ experiments }) => experiments));
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
  const given = input.plans[arm];
  if (given === undefined) return searchOf(arm, repeat, input, found)?.plan ?? null;
  if (arm === 'A+') return richer(given, repeat, input, found);
  const lifted = searchOf('C', repeat, input, found)?.plan ?? searchOf('D', repeat, input, found)?.plan;
  return arm === 'S' && lifted != null ? withResetsOf(given, lifted) : given;
};
