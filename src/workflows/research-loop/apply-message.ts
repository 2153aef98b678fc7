import { patched } from '@temporalio/workflow';
import type { LoopMessages } from '../../contract/loop-messages.js';
import { decideApproval } from './approval.js';
import { isArm } from './contest/is-arm.js';
import { finish } from './finish.js';
import { withdrawFinal } from './holdout/ask-final.js';
import type { Loop } from './loop.js';
import { tellBelow } from './research/from-above.js';
import { stopMechanism } from './steering/stop-mechanism.js';
import { STOPPED_BY_HAND } from '../../domain/steering/mechanism-standing.js';
import { PROMOTION } from '../../domain/promotion/promotion-proposer.js';

const MAX_HINTS = 5;

const resume = (loop: Loop): void => {
  const paused = loop.pausedAt === null ? 0 : Date.now() - loop.pausedAt;
  loop.pausedAt = null;
  const phase = loop.state.incumbent === null ? 'baseline' : 'running';
  loop.state = { ...loop.state, phase, note: '', pausedMs: loop.state.pausedMs + paused };
};

/** Whoever ends a loop at once doesn't mean to answer for what waits for approval: it gets its row as it is. */
const withdrawAwaiting = (loop: Loop, why: string): void => {
  for (const { prepared, measurements } of loop.state.awaiting.splice(0)) {
    if (prepared.proposer === PROMOTION || isArm(loop, prepared.experiment)) continue; // cancelled with its scope, where its row is written
    const reason = `not approved: ${why}`;
    finish(loop, prepared, { outcome: 'cancelled', reason, measurements, evidence: null });
  }
};

/** What runs still ends: loops below that stand still go on to theirs. */
const wake = (loop: Loop): void => {
  resume(loop);
  if (loop.children.size > 0 && patched('a stop wakes those below')) tellBelow(loop, false);
};

export const stopLoop = (loop: Loop, { mode, reason }: LoopMessages['stop']): void => {
  if (loop.state.phase === 'paused') wake(loop);
  loop.stopping = reason ?? 'stopped by a person';
  loop.leaving = true;
  if (mode !== 'cancel') return;
  loop.cancelled = true;
  withdrawFinal(loop);
  for (const { scope } of loop.inFlight.values()) scope?.cancel();
  for (const scope of loop.notes) scope.cancel();
  withdrawAwaiting(loop, loop.stopping);
};

type Handlers = { [K in keyof LoopMessages]: (loop: Loop, message: LoopMessages[K]) => string };

const HANDLERS: Handlers = {
  pause(loop, { reason }) {
    const note = reason ?? 'paused by a person';
    loop.halt(note);
    tellBelow(loop, true);
    return 'paused: what runs now still ends and is counted';
  },
  resume(loop) {
    resume(loop);
    tellBelow(loop, false);
    loop.event('resumed', 'resumed by a person');
    return 'resumed';
  },
  stop(loop, message) {
    stopLoop(loop, message);
    return message.mode === 'cancel' ? 'stopping: what runs is cancelled' : 'stopping: what runs still ends';
  },
  steer(loop, { hint }) {
    loop.state.hints = [...loop.state.hints, hint].slice(-MAX_HINTS);
    loop.event('steered', hint);
    return 'the next proposals will see it';
  },
  setBudget(loop, { budget }) {
    loop.state = { ...loop.state, budget: { ...loop.state.budget, ...budget } };
    loop.parallelProposals = loop.mostProposals();
    loop.event('budget', JSON.stringify(budget));
    return 'budget changed';
  },
  approve(loop, { experiment }) {
    return decideApproval(loop, experiment, null);
  },
  reject(loop, { experiment, reason }) {
    return decideApproval(loop, experiment, reason ?? 'rejected by a person');
  },
  stopMechanism(loop, { reason }) {
    stopMechanism(loop, `${STOPPED_BY_HAND}${reason === undefined ? '' : `: ${reason}`}`);
    return 'its mechanism is asked no more; what runs now still ends';
  },
};

/** Applies a message that was found valid; the answer is shown to whoever sent it. */
export const applyMessage = <K extends keyof LoopMessages>(
  loop: Loop,
  name: K,
  message: LoopMessages[K],
): string => {
  const answer = HANDLERS[name](loop, message);
  loop.changed = true;
  return answer;
};
