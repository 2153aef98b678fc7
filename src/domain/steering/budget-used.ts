import type { LoopState } from '../../contract/loop.js';
import { budgetLeft, NOTHING_RESERVED } from '../loop/budget.js';

/** How far a loop is: experiments so far, those that there will be as far as one can tell, and the tightest budget's rest. */
export const budgetUsed = (state: LoopState, now: number): { t: number; T: number; budgetLeft: number } => {
  const { budget, spent } = state;
  const left = budgetLeft(state, NOTHING_RESERVED, now);
  const share = (rest: number, limit: number | undefined): number =>
    limit === undefined || limit <= 0 ? 1 : Math.min(1, Math.max(0, rest / limit));
  const rest = Math.min(
    share(left.experiments, budget.experiments),
    share(left.wallClock, budget.wallClock),
    share(left.deviceSeconds, budget.deviceHours === undefined ? undefined : budget.deviceHours * 3600),
    share(left.dollars, budget.dollars),
    share(left.tokens, budget.tokens),
  );
  const t = spent.experiments;
  const guess = rest < 1 && t > 0 ? Math.round(t / (1 - rest)) : t + 1;
  return { t, T: Math.max(t, budget.experiments ?? guess), budgetLeft: rest };
};
