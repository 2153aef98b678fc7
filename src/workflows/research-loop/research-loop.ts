import {
  allHandlersFinished,
  CancellationScope,
  condition,
  patched,
  workflowInfo,
} from '@temporalio/workflow';
import type { LoopInput, LoopResult } from '../../contract/loop.js';
import { EARLY_EVENTS, historyRoom } from '../../domain/loop/history-room.js';
import { openState } from '../../domain/loop/open-state.js';
import { openLoop } from './activities.js';
import { continueOnNewest, isOutdated } from '../newest-build.js';
import { openBaseline } from './baseline.js';
import { watchClock } from './clock.js';
import { fixDevices } from './device/fix-devices.js';
import { watchDevices } from './device/watch-devices.js';
import { fill, isIdle, isOver, isStocked } from './fill.js';
import { Loop } from './loop.js';
import { type Measure, measureOnDevice } from './measure.js';
import { listen } from './messages.js';
import { measureByResearch } from './research/measure-by-research.js';
import { rescore } from './research/rescore.js';
import { settleForever } from './settle.js';
import { show } from './show.js';
import { resultOf } from './status.js';
import { stopLoop } from './apply-message.js';
import { transferFinal } from './transfer/begin-transfer.js';

/** Whether this run is to end, as it is full or newer code is there; one that has little room left waits until it leaves enough to run behind. */
const isFull = (loop: Loop): boolean => {
  if (isOutdated()) return true;
  const { historyLength, historySize, continueAsNewSuggested, suggestedContinueAsNewReasons } =
    workflowInfo();
  if (!loop.staysBusy) return continueAsNewSuggested || historyLength > EARLY_EVENTS;
  const room = historyRoom({
    length: historyLength,
    bytes: historySize,
    suggested: continueAsNewSuggested,
    reasons: suggestedContinueAsNewReasons,
  });
  loop.stocking = room === 'little';
  return room === 'none' || (loop.stocking && isStocked(loop));
};

/** Goes on until nothing may be begun and nothing is under way; true if it is to be continued as new. */
const search = async (loop: Loop, measure: Measure): Promise<boolean> => {
  for (;;) {
    loop.changed = false;
    loop.draining ||= isFull(loop);
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
    const aware = patched('device classes');
    const ticking = watchClock(loop, () => over);
    const watching = aware && input.research === undefined ? watchDevices(loop, () => over) : null;
    try {
      const placed = !aware || loop.state.incumbent !== null || (await fixDevices(loop));
      if (placed && loop.state.incumbent === null) await openBaseline(loop, measure);
      const continued = await search(loop, measure);
      if (!continued) loop.rescored = await rescore(loop, measure);
      if (!continued) loop.event('stopped', loop.state.note);
      over = true;
      await settling;
      if (!continued) await transferFinal(loop);
      if (continued) return await continueOnNewest<typeof researchLoop>({ ...input, state: loop.state });
      loop.state = { ...loop.state, phase: 'done' };
      show(loop);
      return resultOf(loop);
    } finally {
      over = true;
      await Promise.all([settling, ticking, watching]);
      await condition(allHandlersFinished);
    }
  });
}
