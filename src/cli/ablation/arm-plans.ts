import type { Arm, ArmPlan, SearchedArm } from '../../contract/ablation.js';
import type { Method } from '../../contract/method.js';
import type { Research } from '../../contract/research.js';
import type { Proposer } from '../../contract/task-schema.js';
import { UserError } from '../../contract/user-error.js';
import { childBudget } from '../../domain/research/child-budget.js';
import { project } from '../../domain/method/project.js';
import { methodHash, parseMethod } from '../../storage/method/index.js';
import { loadMethod } from '../method/load-method.js';
import type { Wanted } from './ablation-flags.js';
import { handWritten, sham } from './hand-written.js';

export interface Start {
  method: Method;
  ref: string;
}

/** What chance is here: one literal at a time, drawn anew, from whatever stands. */
const CHANCE: Proposer = { kind: 'mutate', weight: 1, edits: 1 };

/** How much more A+ gets where no search says what it would have cost. */
const RICHER = 4;

export const planWith = (method: Method, ref: string, { tasks }: Research): ArmPlan => {
  const projected = tasks.map(({ task }) => project(method, task));
  const [first] = projected;
  if (first === undefined) throw new RangeError('a study has tasks');
  return {
    method: { ref, hash: methodHash(method), policy: first.policy },
    tasks: projected.map(({ task }) => task),
  };
};

const chance = (research: Research): ArmPlan => {
  const tasks = research.tasks.map((one) => ({ ...one, task: { ...one.task, proposer: CHANCE } }));
  return planWith(parseMethod({}, 'chance'), 'moves of chance', { ...research, tasks });
};

const richer = (plan: ArmPlan, { rescore }: Research, searched: boolean): ArmPlan => ({
  ...plan,
  tasks: searched
    ? plan.tasks
    : plan.tasks.map((task) => ({
        ...task,
        budget: childBudget(task, RICHER * (task.budget.experiments ?? 0), rescore),
      })),
});

const refuse = (what: string, ref: string, fix: string): never => {
  throw new UserError(what, ref, fix);
};

/** The part of a method that found its way into an arm; all else is as in A, so that the arms differ in nothing else. */
const foundMethod = async (
  arm: SearchedArm,
  ref: string,
  from: { start: Start; cwd: string },
): Promise<Method> => {
  const { method } = await loadMethod(ref, from.cwd);
  const { process, mechanism } = method;
  const before = from.start.method;
  if (arm === 'B' && mechanism !== null)
    refuse('arm B is the parameter level, and this method has a mechanism', ref, 'Use it as C=<ref>.');
  if (arm !== 'B' && mechanism === null)
    refuse(
      `arm ${arm} needs a mechanism, and this method has none`,
      ref,
      'Give a method with process/mechanism.js, or use it as B=<ref>.',
    );
  return { ...before, ...(arm === 'D' ? {} : { process }), mechanism: mechanism ?? before.mechanism };
};

/** What each arm searches with, but for those whose method an outer loop has yet to find. */
export const armPlans = async (
  arms: readonly Arm[],
  research: Research,
  from: { start: Start; wanted: Wanted; searched: boolean; cwd: string },
): Promise<Partial<Record<Arm, ArmPlan>>> => {
  const { start, wanted, searched } = from;
  const { method, ref } = start;
  const plain = planWith(method, ref, research);
  const plans: Partial<Record<Arm, ArmPlan>> = { A: plain, 'A+': richer(plain, research, searched) };
  if (arms.includes('R')) plans.R = chance(research);
  if (arms.includes('S'))
    plans.S = planWith({ ...method, mechanism: await sham() }, `${ref} with a sham`, research);
  if (arms.includes('H')) {
    const mechanism = await handWritten(wanted.hand);
    plans.H = planWith({ ...method, mechanism }, `${ref} with ${mechanism.name}`, research);
  }
  for (const arm of ['B', 'C', 'D'] as const) {
    const given = wanted.methods[arm];
    if (given !== undefined && arms.includes(arm))
      plans[arm] = planWith(await foundMethod(arm, given, from), given, research);
  }
  return Object.fromEntries(arms.flatMap((arm) => (plans[arm] === undefined ? [] : [[arm, plans[arm]]])));
};
