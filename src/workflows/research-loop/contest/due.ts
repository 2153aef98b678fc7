import { armsWanted } from '../../../domain/contest/contest-rules.js';
import { budgetLeft, modelBudgetLeft } from '../../../domain/loop/budget.js';
import { outOfTime } from '../../../domain/loop/stop-reason.js';
import type { Loop } from '../loop.js';
import type { Measure } from '../measure.js';
import { holdContest } from './hold-contest.js';

const wanted = ({ input, state }: Loop): number =>
  armsWanted(input.task.acceptance, (state.contests?.held ?? 0) + (state.contests?.current == null ? 0 : 1));

/** Candidates to ask for: the next contest's. While one is under way only as many as the task says, since it may change what they start from. */
export const armsMissing = (loop: Loop): number => {
  const { ahead = 0 } = loop.input.task;
  const { contests, waiting } = loop.state;
  const room = contests?.current == null ? wanted(loop) : Math.min(ahead, wanted(loop));
  return Math.max(0, room - waiting.length - loop.count('proposing'));
};

const isUnderWay = ({ state, inFlight }: Loop): boolean => {
  const [first] = state.contests?.current?.arms ?? [];
  return first !== undefined && inFlight.has(first.experiment);
};

/** No model may be asked any more. */
const cannotAsk = ({ state, exhausted }: Loop): boolean => exhausted !== null || !modelBudgetLeft(state);

const noMoreCome = (loop: Loop): boolean => {
  if (loop.count('proposing') > 0) return false;
  if (cannotAsk(loop)) return true;
  const { experiments } = budgetLeft(loop.state, loop.reserved(), Date.now());
  return experiments <= 0 && loop.state.unproposed.length === 0;
};

/** Enough candidates wait, or all that will ever come; a winner that is with the holdout may become what they must beat. */
const isDue = (loop: Loop): boolean => {
  const { waiting } = loop.state;
  if (waiting.length === 0 || loop.draining || loop.stopping !== null || loop.count('asking') > 0)
    return false;
  return waiting.length >= wanted(loop) || noMoreCome(loop);
};

/** Begins the contest that is due, or goes on with the one that a former run of the workflow began. */
export const fillContest = (loop: Loop, measure: Measure): void => {
  const { contests } = loop.state;
  if (contests === undefined || isUnderWay(loop)) return;
  const resumes = contests.current !== null && (!loop.draining || loop.stopping !== null);
  if (resumes || (contests.current === null && isDue(loop))) void holdContest(loop, measure);
};

/** A reason to stop waits for the contest under way, and where only proposals can't be paid for, for those who wait. */
export const endsWithContest = (loop: Loop, measure: Measure): boolean => {
  const { contests, waiting } = loop.state;
  if (contests === undefined) return false;
  const owed =
    cannotAsk(loop) &&
    outOfTime(loop.state, loop.input.task, Date.now()) === null &&
    waiting.length + loop.count('proposing') > 0;
  if (contests.current === null && !owed) return false;
  fillContest(loop, measure);
  return true;
};
