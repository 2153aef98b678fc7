import { condition } from '@temporalio/workflow';
import { budgetLeft, NOTHING_RESERVED } from '../../domain/loop/budget.js';
import type { Loop } from './loop.js';

/** One day: timers are re-armed after it. */
const LONGEST_WAIT_MS = 24 * 3600 * 1000;

/** Wakes the main loop when the wall clock's budget is over: one timer a run, re-armed when the budget changes. */
export const watchClock = async (loop: Loop, isOver: () => boolean): Promise<void> => {
  while (!isOver()) {
    const armedFor = loop.state.budget.wallClock;
    const { phase } = loop.state;
    const altered = () => isOver() || loop.state.budget.wallClock !== armedFor || loop.state.phase !== phase;
    const { wallClock } = budgetLeft(loop.state, NOTHING_RESERVED, Date.now());
    if (!Number.isFinite(wallClock) || phase === 'paused' || wallClock <= 0) await condition(altered);
    else await condition(altered, Math.min(Math.ceil(wallClock * 1000), LONGEST_WAIT_MS));
    loop.changed = true;
  }
};
