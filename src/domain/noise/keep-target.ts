import type { Acceptance } from '../../contract/task-schema.js';

/** False keeps that are taken where a task names no number: above what every rule promises, below a coin. */
export const USUAL_TARGET = 0.2;

const WITH_PROMISE: readonly Acceptance['rule'][] = [
  'paired-t',
  'sprt',
  'screen+sprt',
  'race',
  'halving',
  'hyperband',
  'branch+promote',
];

/** Copies of the incumbent that a rule may keep, in a loop's self-test and in a study of the task alike. */
export const keepTarget = ({ falseKeeps, rule, alpha }: Acceptance): number => {
  if (falseKeeps !== undefined) return falseKeeps;
  return WITH_PROMISE.includes(rule) ? Math.max(USUAL_TARGET, alpha) : USUAL_TARGET;
};
