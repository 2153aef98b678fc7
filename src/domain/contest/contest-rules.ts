import type { ContestRule } from '../../contract/contest.js';
import type { Acceptance } from '../../contract/task-schema.js';
import { hyperbandBrackets } from '../arms/hyperband.js';

const RULES: readonly Acceptance['rule'][] = ['race', 'halving', 'hyperband'];

/** Whether a rule judges candidates by the batch. */
export const isContestRule = (rule: Acceptance['rule']): rule is ContestRule => RULES.includes(rule);

/** Hyperband's bracket of the nth contest: they take turns, the one that explores most first. */
export const bracketOf = ({ eta, rungs }: Pick<Acceptance, 'eta' | 'rungs'>, held: number) => {
  const R = eta ** (rungs - 1);
  const brackets = hyperbandBrackets(R, eta);
  return (brackets[held % brackets.length] ?? []).map(({ arms, fidelity }) => ({
    arms,
    fidelity: fidelity / R,
  }));
};

/** Candidates that the nth contest of a loop waits for. */
export const armsWanted = (acceptance: Acceptance, held: number): number =>
  acceptance.rule === 'hyperband' ? (bracketOf(acceptance, held)[0]?.arms ?? 1) : acceptance.arms;
