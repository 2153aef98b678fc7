import { fateOf } from '../../../domain/validation/fate-of.js';
import { withWord } from '../../../domain/validation/holdout-words.js';
import { validateOf } from '../../../domain/validation/validate-of.js';
import { mean } from '../../../domain/statistics.js';
import type { PromotionVerdict } from '../promotion/conduct.js';
import type { Trial } from '../promotion/trial.js';
import { hearAlarm } from '../alarms/hear-alarm.js';
import { ask } from './ask.js';
import { claimedGain } from './claimed-gain.js';
import { inTurn } from './in-turn.js';

const claimedOf = ({ loop, standing, begun }: Trial): number | null =>
  standing.length === 0
    ? null
    : claimedGain(loop, mean(standing.map(({ value }) => value)), begun.trunk.value);

/** Asks the holdout about a trunk that all else speaks for; one that it doesn't confirm is given up. */
export const confirmPromotion = async (
  trial: Trial,
  verdict: PromotionVerdict,
): Promise<PromotionVerdict> => {
  const { loop, begun, prepared } = trial;
  const validate = validateOf(loop.input.task);
  if (verdict.end !== 'promoted' || validate === null || validate === 'final') return verdict;
  const { experiment, commit: candidate } = prepared;
  const flight = loop.inFlight.get(experiment);
  if (flight !== undefined) flight.waitingFor = 'the holdout';
  const about = { experiment, kind: 'promotion' } as const;
  const incumbent = begun.trunk.commit;
  const word = await inTurn(
    loop,
    about,
    async () => await ask(loop, { ...about, candidate, incumbent, claimed: claimedOf(trial) }),
  );
  const alarm = hearAlarm(loop, experiment, word);
  const reason = alarm === null ? verdict.reason : `${alarm}: ${verdict.reason}`;
  const said = { ...verdict, reason: withWord(reason, word), holdout: word };
  return fateOf(word) === 'confirmed' && alarm === null
    ? said
    : { ...said, outcome: 'unconfirmed', end: 'given-up' };
};
