import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { Ready } from '../../../contract/proposal.js';
import { tokensOf } from '../../../domain/loop/budget.js';
import { fateOf } from '../../../domain/validation/fate-of.js';
import { withWord } from '../../../domain/validation/holdout-words.js';
import { claimedError } from '../../../domain/validation/claimed-error.js';
import { dropProvisional, hearAlarm } from '../alarms/hear-alarm.js';
import { finish, standingOf, type Verdict } from '../finish.js';
import type { Loop } from '../loop.js';
import { ask } from './ask.js';
import { claimedGain } from './claimed-gain.js';
import { inTurn } from './in-turn.js';
import { tellSteward } from './tell-steward.js';

export interface WouldBeKeep {
  prepared: Ready;
  /** what it ends as if the holdout confirms it */
  verdict: Verdict;
  /** incumbent experiment that it beat */
  against: number;
}

const NOISY: [by: string, why: string] = ['noise', 'the metric has noise'];

/** Whether its metric was taken for still when it was judged, and has noise after all. */
const isNoisyNow = ({ state }: Loop, { verdict }: WouldBeKeep): boolean =>
  verdict.evidence?.secondSeed === true && state.noise !== null && state.noise.sigma > 0;

/** Overtaken while it waited: it must beat what stands now, by what is known now. */
const measureAgain = (
  loop: Loop,
  { prepared, verdict }: WouldBeKeep,
  [by, why]: [by: string, why: string] = ['another keep', 'the incumbent has changed'],
): void => {
  if (loop.stopping !== null) {
    const reason = `overtaken by ${by} before the holdout was asked; stopped`;
    finish(loop, prepared, { ...verdict, outcome: 'cancelled', reason });
    return;
  }
  loop.state.waiting.unshift(prepared);
  loop.inFlight.delete(prepared.experiment);
  loop.event('notice', `experiment ${String(prepared.experiment)} is measured again: ${why}`);
};

const confirm = async (loop: Loop, wouldBe: WouldBeKeep): Promise<void> => {
  const { prepared, verdict, against } = wouldBe;
  const { incumbent } = loop.state;
  if (incumbent === null || incumbent.experiment !== against) {
    measureAgain(loop, wouldBe);
    return;
  }
  if (isNoisyNow(loop, wouldBe)) {
    measureAgain(loop, wouldBe, NOISY);
    return;
  }
  const { experiment, commit: candidate } = prepared;
  const standing = standingOf(loop, verdict);
  const claimed = claimedGain(loop, standing?.value ?? null, incumbent.value);
  const error = standing === null ? null : claimedError(loop.state.noise, standing, incumbent);
  const word = await ask(loop, {
    ...{ experiment, kind: 'keep', candidate, incumbent: incumbent.commit, claimed },
    ...(error === null ? {} : { claimedError: error }),
  });
  if (isNoisyNow(loop, wouldBe)) {
    measureAgain(loop, wouldBe, NOISY);
    return;
  }
  const alarm = hearAlarm(loop, experiment, word);
  const confirmed = fateOf(word) === 'confirmed' && alarm === null;
  const outcome = finish(loop, prepared, {
    ...verdict,
    outcome: confirmed ? verdict.outcome : 'unconfirmed',
    reason: withWord(alarm === null ? verdict.reason : `${alarm}: ${verdict.reason}`, word),
    holdout: word,
  });
  if (alarm !== null) dropProvisional(loop);
  if (outcome !== 'keep' || word.record === null) return;
  void tellSteward(loop, { experiment, kind: 'keep', candidate, records: [word.record] });
};

/** A would-be keep on its way to the holdout; it holds a place, so that the search doesn't run away from its answers. */
export const confirmKeep = async (loop: Loop, wouldBe: WouldBeKeep): Promise<void> => {
  const { prepared, verdict } = wouldBe;
  const { experiment, idea, usage } = prepared;
  const scope = new CancellationScope({ cancellable: true });
  loop.inFlight.set(experiment, {
    stage: 'asking',
    idea,
    waitingFor: 'the holdout',
    scope,
    deviceSeconds: 0,
    dollars: usage.dollars,
    tokens: tokensOf(usage),
  });
  loop.changed = true;
  try {
    await scope.run(
      async () => await inTurn(loop, { experiment, kind: 'keep' }, async () => await confirm(loop, wouldBe)),
    );
  } catch (error) {
    if (!isCancellation(error)) throw error;
    const reason = `${verdict.reason}; stopped before the holdout had answered`;
    finish(loop, prepared, { ...verdict, outcome: 'cancelled', reason });
  }
};
