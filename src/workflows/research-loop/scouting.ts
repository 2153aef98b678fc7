import { affordableScouts } from '../../domain/promotion/affordable-scouts.js';
import { isTimeForTest } from '../../domain/promotion/time-for-test.js';
import { budgetLeft, NOTHING_RESERVED } from '../../domain/loop/budget.js';
import { devicesOf } from '../../domain/loop/run-cost.js';
import { outOfTime } from '../../domain/loop/stop-reason.js';
import type { Loop } from './loop.js';

/** Candidates that were run, or are, and have no verdict yet; a promotion under way is one of them. */
export const busy = (loop: Loop): number => loop.count('running') + loop.count('asking');

/** Whether clock or devices leave time for little more than the test of what is provisional. */
const isLate = ({ state, input }: Loop): boolean =>
  state.promotion !== null &&
  isTimeForTest(state.promotion, budgetLeft(state, NOTHING_RESERVED, Date.now()), {
    meanRunSeconds: state.meanRunSeconds,
    concurrency: input.task.concurrency,
    devices: devicesOf(input.task),
  });

/** Candidates that may be run now: under branch + promote no more than the epoch of scouting has left. */
export const runsAllowed = (loop: Loop): number => {
  const { promotion, contests } = loop.state;
  if (contests !== undefined) return 0; // candidates wait until enough of them can meet
  if (promotion === null) return Infinity;
  if (loop.promoting !== null || promotion.phase.kind !== 'scout' || isLate(loop)) return 0;
  return promotion.options.every - promotion.scouted - busy(loop);
};

/** Candidates that were begun and have no verdict, a promotion left out. */
const outstanding = (loop: Loop): number => {
  const running = busy(loop) - (loop.promoting === null ? 0 : 1);
  return running + loop.count('proposing') + loop.state.waiting.length + loop.state.unproposed.length;
};

/** Proposals that the number of experiments still allows, of as many as are wanted. */
export const proposalsAllowed = (loop: Loop, wanted: number): number => {
  const { promotion, unproposed } = loop.state;
  const left = budgetLeft(loop.state, loop.reserved(), Date.now()).experiments;
  const affordable =
    promotion === null ? left : affordableScouts(promotion, { left, wanted, outstanding: outstanding(loop) });
  return Math.min(wanted, affordable + unproposed.length);
};

/** Whether the branch is to be tested now: its epoch is over, or no further scout can be paid for. */
export const isTestDue = (loop: Loop): boolean => {
  const { promotion } = loop.state;
  if (promotion === null || loop.promoting !== null || busy(loop) > 0) return false;
  if (promotion.phase.kind === 'test' || isLate(loop)) return true;
  return promotion.branch.length > 0 && outstanding(loop) === 0 && proposalsAllowed(loop, 1) === 0;
};

/** Whether a loop that is about to stop by itself still has changes to test, and the means to do it. */
export const owesTest = (loop: Loop): boolean => {
  const { promotion, spent, budget } = loop.state;
  if (promotion === null || promotion.branch.length === 0) return false;
  const numbers = budget.experiments === undefined || spent.experiments < budget.experiments;
  return numbers && outOfTime(loop.state, loop.input.task, Date.now()) === null;
};
