import { budgetLeft, modelBudgetLeft } from '../../domain/loop/budget.js';
import { onDeck } from '../../domain/loop/on-deck.js';
import { fewerAhead, proposalsAhead, usedUpMeanwhile } from '../../domain/loop/proposals-ahead.js';
import { stopReason } from '../../domain/loop/stop-reason.js';
import { finishOvertaken } from './approval.js';
import { armsMissing, endsWithContest, fillContest } from './contest/due.js';
import { runExperiment } from './experiment.js';
import { refuseLift } from './alarms/refuse-lift.js';
import { isTakenBack, TAKEN_BACK } from './alarms/taken-back.js';
import { finish } from './finish.js';
import { askFinal, owesFinal } from './holdout/ask-final.js';
import { owesRent, payRent } from './holdout/pay-rent.js';
import type { Loop } from './loop.js';
import type { Measure } from './measure.js';
import { pairsOfOneTime } from './pairs-of-one-time.js';
import { promote } from './promotion/promote.js';
import { inBatches, proposeExperiments, takeNumbers, withdrawn } from './propose.js';
import { guidedCount, isSteered } from './steering/guide.js';
import { busy, isTestDue, owesTest, proposalsAllowed, runsAllowed } from './scouting.js';
import { runCost } from '../../domain/loop/run-cost.js';

const MAX_BATCH = 32;

/**
 * Runs that may be dispatched at a time; no more than the concurrency of them get a device. Under a rule that judges by
 * pairs no more are judged either: they would take turns on a device, and the first to be kept costs the others' pairs.
 */
const places = (loop: Loop): number => {
  const { concurrency, ahead } = loop.input.task;
  // what a mechanism asks for rests on the verdict before
  if (isSteered(loop)) return concurrency;
  const { state, draining } = loop;
  const next = onDeck({ concurrency, meanRunSeconds: state.meanRunSeconds, draining, ahead });
  return next > 0 && pairsOfOneTime(loop) ? concurrency : concurrency + next;
};

/** Who asks the holdout keeps the place that it had on a device: a search that runs ahead of its answers is wasted. */
const freePlaces = (loop: Loop): number =>
  loop.count('asking') < loop.input.task.concurrency ? Math.max(0, places(loop) - busy(loop)) : 0;

const startRuns = (loop: Loop, measure: Measure): void => {
  const { task } = loop.input;
  while (loop.state.waiting.length > 0 && freePlaces(loop) > 0 && runsAllowed(loop) > 0) {
    if (budgetLeft(loop.state, loop.reserved(), Date.now()).deviceSeconds < runCost(task)) return;
    if (refuseLift(loop)) return;
    const next = loop.state.waiting.shift();
    if (next === undefined) return;
    if (isTakenBack(loop, next)) {
      const measurements = next.measured ?? [];
      finish(loop, next, { outcome: 'cancelled', reason: TAKEN_BACK, measurements, evidence: null });
    } else void runExperiment(loop, next, measure);
  }
};

const meansOf = ({ state }: Loop) => ({
  runSeconds: state.meanRunSeconds,
  proposeSeconds: state.meanProposeSeconds,
});

/** Proposals that are used up from when a run of the workflow proposes no more until the next one's first is made. */
const stockOf = (loop: Loop): number => {
  const { concurrency, ahead } = loop.input.task;
  return ahead ?? concurrency + Math.ceil(usedUpMeanwhile(concurrency, meansOf(loop)));
};

/** Whether devices find enough to run in the next run of the workflow. */
export const isStocked = (loop: Loop): boolean => loop.state.waiting.length >= stockOf(loop);

const aheadOf = (loop: Loop): number => {
  const { concurrency, ahead } = loop.input.task;
  if (ahead !== undefined) return ahead;
  if (!loop.staysBusy) return fewerAhead(concurrency, meansOf(loop));
  return proposalsAhead(concurrency, meansOf(loop)) + (loop.stocking ? stockOf(loop) : 0);
};

/** As many proposals as keep the devices busy and stay within the number of experiments asked for. */
const wanted = (loop: Loop): number => {
  if (loop.state.contests !== undefined) return proposalsAllowed(loop, armsMissing(loop));
  const coming = loop.state.waiting.length + loop.count('proposing');
  return proposalsAllowed(loop, Math.max(0, aheadOf(loop) + freePlaces(loop) - coming));
};

const startProposals = (loop: Loop): void => {
  const { task } = loop.input;
  const count = wanted(loop);
  if (count <= 0 || !modelBudgetLeft(loop.state)) return;
  if (inBatches(task)) {
    const enough = loop.input.method === undefined ? Math.max(1, Math.ceil(task.concurrency / 2)) : 1;
    if (count < enough && loop.state.waiting.length > 0 && loop.state.contests === undefined) return;
    const unlimited = { dollars: Infinity, tokens: Infinity };
    void proposeExperiments(
      loop,
      takeNumbers(loop, Math.min(guidedCount(loop, count), MAX_BATCH)),
      unlimited,
    );
    return;
  }
  const calls = Math.min(count, loop.parallelProposals - loop.count('proposing'));
  for (let call = 0; call < calls; call++) {
    const { dollars, tokens } = budgetLeft(loop.state, loop.reserved(), Date.now());
    // each call that may be under way at a time gets the same part, those that begin later too
    const parts = loop.parallelProposals - loop.count('proposing');
    const share = { dollars: dollars / parts, tokens: Math.floor(tokens / parts) };
    void proposeExperiments(loop, takeNumbers(loop, 1), share);
  }
};

/** What will never run still gets its row, so that no number is missing. */
const withdrawWaiting = (loop: Loop): void => {
  const reason = `not run: ${loop.stopping ?? ''}`;
  const never = loop.state.unproposed.splice(0).map((experiment) => withdrawn(experiment));
  for (const waiting of loop.state.waiting.splice(0)) {
    if (waiting.measured === undefined) {
      finish(loop, waiting, { outcome: 'cancelled', reason, measurements: [], evidence: null });
    } else finishOvertaken(loop, waiting);
  }
  for (const prepared of never) {
    finish(loop, prepared, { outcome: 'cancelled', reason, measurements: [], evidence: null });
  }
};

/** A reason to stop waits for a promotion that is under way, and for the last one of a branch that isn't empty. */
const stopsItself = (loop: Loop, measure: Measure): boolean => {
  const reason = stopReason(loop.state, loop.input.task, Date.now()) ?? loop.exhausted;
  if (reason === null) return false;
  if (loop.promoting !== null || endsWithContest(loop, measure)) return true;
  if (!owesTest(loop)) loop.stopping = reason;
  else if (busy(loop) === 0 && !loop.draining) void promote(loop, measure);
  return true;
};

/** Begins whatever may be begun now. */
export const fill = (loop: Loop, measure: Measure): void => {
  if (loop.state.phase === 'paused') return;
  if (owesRent(loop)) void payRent(loop);
  if (loop.stopping === null && stopsItself(loop, measure) && loop.stopping === null) return;
  if (loop.stopping !== null) {
    if (loop.state.phase !== 'stopping') {
      loop.state = { ...loop.state, phase: 'stopping', note: loop.stopping };
      loop.event('stopping', loop.stopping);
    }
    fillContest(loop, measure);
    withdrawWaiting(loop);
    if (owesFinal(loop)) void askFinal(loop);
    return;
  }
  if (loop.renting) return;
  if (isTestDue(loop) && !loop.draining) void promote(loop, measure);
  fillContest(loop, measure);
  if (!loop.draining || loop.count('proposing') > 0) startRuns(loop, measure);
  if (!loop.draining && loop.stopping === null) startProposals(loop);
};

/** Stopped, and everything that was begun has its row. */
export const isOver = (loop: Loop): boolean =>
  loop.state.phase === 'stopping' && loop.state.awaiting.length === 0 && isIdle(loop);

/** Nothing is under way and nothing is left to be written. */
export const isIdle = (loop: Loop): boolean =>
  loop.inFlight.size === 0 &&
  loop.toSettle.length === 0 &&
  loop.events.length === 0 &&
  loop.settling === 0 &&
  loop.reverting === null &&
  !loop.renting &&
  loop.notes.size === 0;
