import { CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import type { HoldoutWord } from '../../../contract/holdout.js';
import { levelName } from '../../../contract/lift-level.js';
import type { Incumbent } from '../../../contract/loop.js';
import { type Due, rentDue, rentPeriod } from '../../../domain/alarms/rent-due.js';
import { counted } from '../../../domain/format.js';
import { whatStands } from '../../../domain/promotion/what-stands.js';
import { goBack } from '../alarms/go-back.js';
import { hearAlarm } from '../alarms/hear-alarm.js';
import { freeze, raise } from '../alarms/raise.js';
import type { Loop } from '../loop.js';
import { ask } from './ask.js';
import { claimedGain } from './claimed-gain.js';
import { inTurn } from './in-turn.js';

/** Whether the last keeps must now show on the holdout what they are worth together. */
export const owesRent = (loop: Loop): boolean =>
  !loop.renting && loop.stopping === null && !loop.draining && rentDue(loop.state, loop.input) !== null;

/** No climbing on hope: `flat` and `undecided` are unpaid like harm. */
const evict = (loop: Loop, { paid, still }: Due, word: HoldoutWord): void => {
  const { experiment } = whatStands(loop.state) ?? paid;
  const keeps = counted(rentPeriod(loop.input), 'keep');
  const level = levelName(loop.input.level);
  const why = still
    ? `stable-hallucination: ${level} gives #${String(experiment)} again and again, and it doesn't pay on the holdout (${word.verdict})`
    : `unpaid: the last ${keeps} of ${level} together don't pay on the holdout (${word.verdict})`;
  const response = [
    `back at #${String(paid.experiment)}, the last that was paid for`,
    `${level} stops`,
    'say what experiment would show a gain before `autolift resume`',
  ];
  raise(loop, { mode: 'ungrounded-search', experiment, why, response });
  goBack(loop, paid);
  freeze(loop, `ungrounded-search at #${String(experiment)}: ${why}`);
};

const settleRent = (loop: Loop, due: Due, word: HoldoutWord): void => {
  const { paid } = due;
  const stands = whatStands(loop.state);
  const keeps = loop.state.outcomes.keep ?? 0;
  const standing = word.verdict === 'pays' && stands !== null ? stands : paid;
  loop.state = { ...loop.state, rent: { paid: standing, keeps }, ...(due.still && { still: 0 }) };
  if (hearAlarm(loop, stands?.experiment ?? 0, word) !== null || word.verdict === 'pays') return;
  // a question that could not be judged is no evidence against anybody
  if (word.verdict === 'invalid') loop.event('notice', 'the holdout could not judge the rent');
  else evict(loop, due, word);
};

const askAbout = async (loop: Loop, paid: Incumbent): Promise<HoldoutWord> => {
  const { experiment, commit: candidate, value } = whatStands(loop.state) ?? paid;
  const about = { experiment, kind: 'rent' } as const;
  const claimed = claimedGain(loop, value, paid.value);
  const question = { ...about, candidate, incumbent: paid.commit, claimed };
  return await inTurn(loop, about, async () => await ask(loop, question));
};

/** The incumbent against the last one that was paid for, as one question; nothing new is begun until it is answered. */
export const payRent = async (loop: Loop): Promise<void> => {
  const due = rentDue(loop.state, loop.input);
  if (due === null) return;
  const { paid } = due;
  const { experiment } = whatStands(loop.state) ?? paid;
  const scope = new CancellationScope({ cancellable: true });
  loop.renting = true;
  loop.inFlight.set(experiment, {
    stage: 'asking',
    idea: `rent of the keeps since #${String(paid.experiment)}`,
    waitingFor: 'the holdout',
    scope,
    deviceSeconds: 0,
    dollars: 0,
    tokens: 0,
  });
  try {
    await scope.run(async () => {
      // what was begun on these keeps ends first: nothing of them comes back through it
      await condition(() => loop.count('running') === 0 && loop.count('asking') === 1);
      settleRent(loop, due, await askAbout(loop, paid));
    });
  } catch (error) {
    if (!isCancellation(error)) throw error;
  } finally {
    loop.renting = false;
    loop.inFlight.delete(experiment);
    loop.changed = true;
  }
};
