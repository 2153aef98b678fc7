import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  workflowInfo,
} from '@temporalio/workflow';
import type { LoopInput, LoopResult } from '../../contract/loop.js';
import { openState } from '../../domain/loop/open-state.js';
import { openLoop } from './activities.js';
import { openBaseline } from './baseline.js';
import { watchClock } from './clock.js';
import { fill, isIdle, isOver } from './fill.js';
import { Loop } from './loop.js';
import { type Measure, measureOnDevice } from './measure.js';
import { listen } from './messages.js';
import { measureByResearch } from './research/measure-by-research.js';
import { rescore } from './research/rescore.js';
import { settleForever } from './settle.js';
import { show } from './show.js';
import { resultOf } from './status.js';
import { stopLoop } from './apply-message.js';

/** A run's history stays well under the server's warning at 10,240 events. */
const MAX_EVENTS = 4000;

const isFull = (): boolean => {
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  return continueAsNewSuggested || historyLength > MAX_EVENTS;
};

/** Goes on until nothing may be begun and nothing is under way; true if it is to be continued as new. */
const search = async (loop: Loop, measure: Measure): Promise<boolean> => {
  for (;;) {
    loop.changed = false;
    loop.draining ||= isFull();
    fill(loop, measure);
    show(loop);
    if (isOver(loop)) return false;
    if (loop.draining && isIdle(loop) && allHandlersFinished()) return true;
    await condition(() => loop.changed);
  }
};

/**
 * A research loop of any level: baseline, then experiments until a budget, a target, a plateau or a person ends it.
 * Cancelling the workflow is `stop --cancel`: what is in flight is cancelled and every row still written.
 */
export async function researchLoop(input: LoopInput): Promise<LoopResult> {
  const measure = input.research === undefined ? measureOnDevice : measureByResearch(input.research);
  const loop = new Loop(input, { ...openState(input.task.budget, Date.now()), ...input.state });
  listen(loop);
  CancellationScope.current().cancelRequested.catch(() => {
    stopLoop(loop, { mode: 'cancel', reason: 'cancelled' });
  });
  return await CancellationScope.nonCancellable(async () => {
    let over = false;
    show(loop);
    if (input.state === undefined) await openLoop(input);
    const settling = settleForever(loop, () => over);
    const ticking = watchClock(loop, () => over);
    try {
      if (loop.state.incumbent === null) await openBaseline(loop, measure);
      const continued = await search(loop, measure);
      if (!continued) loop.rescored = await rescore(loop, measure);
      if (!continued) loop.event('stopped', loop.state.note);
      over = true;
      await settling;
      if (continued) return await continueAsNew<typeof researchLoop>({ ...input, state: loop.state });
      loop.state = { ...loop.state, phase: 'done' };
      show(loop);
      return resultOf(loop);
    } finally {
      over = true;
      await Promise.all([settling, ticking]);
      await condition(allHandlersFinished);
    }
  });
}
