import { CancellationScope, isCancellation } from '@temporalio/workflow';
import { NO_ANSWERS } from '../../../domain/validation/tally.js';
import { validateOf } from '../../../domain/validation/validate-of.js';
import { whatStands } from '../../../domain/promotion/what-stands.js';
import { hearAlarm } from '../alarms/hear-alarm.js';
import type { Loop } from '../loop.js';
import { ask } from './ask.js';
import { claimedGain } from './claimed-gain.js';
import { inTurn } from './in-turn.js';

/** Whether a loop that has stopped must still ask about what it found. */
export const owesFinal = ({ input, state, inFlight }: Loop): boolean => {
  if (validateOf(input.task) !== 'final' || (state.holdout?.final ?? null) !== null) return false;
  const stands = whatStands(state);
  return inFlight.size === 0 && state.awaiting.length === 0 && stands !== null && stands.experiment !== 0;
};

/** Nobody waits for the holdout of a loop that is cancelled. */
export const withdrawFinal = (loop: Loop): void => {
  const { holdout = NO_ANSWERS } = loop.state;
  if (validateOf(loop.input.task) === 'final' && holdout.final === null)
    loop.state = { ...loop.state, holdout: { ...holdout, final: 'not asked' } };
};

/** The final incumbent against the baseline. It takes nothing back: it says whether the whole gain is one there too. */
export const askFinal = async (loop: Loop): Promise<void> => {
  const stands = whatStands(loop.state);
  if (stands === null) return;
  const { experiment, commit: candidate, value } = stands;
  const { baseCommit: incumbent } = loop.input.source;
  const scope = new CancellationScope({ cancellable: true });
  loop.inFlight.set(experiment, {
    stage: 'asking',
    idea: 'the final incumbent',
    waitingFor: 'the holdout',
    scope,
    deviceSeconds: 0,
    dollars: 0,
    tokens: 0,
  });
  const about = { experiment, kind: 'final' } as const;
  const claimed = claimedGain(loop, value, loop.state.baseline?.value ?? null);
  try {
    const word = await scope.run(
      async () =>
        await inTurn(loop, about, async () => await ask(loop, { ...about, candidate, incumbent, claimed })),
    );
    hearAlarm(loop, experiment, word);
    const { holdout = NO_ANSWERS } = loop.state;
    loop.state = { ...loop.state, holdout: { ...holdout, final: word.verdict } };
  } catch (error) {
    if (!isCancellation(error)) throw error;
    withdrawFinal(loop);
  } finally {
    loop.inFlight.delete(experiment);
    loop.changed = true;
  }
};
