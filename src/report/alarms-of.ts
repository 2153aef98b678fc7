import { isBiased } from '../domain/epoch/bridge.js';
import { readAlarm, type Alarm } from '../contract/alarm.js';
import type { LoopRecord, OtherEpoch } from '../contract/ledger.js';

/** A new evaluator that pays the same artifacts otherwise, or scores them no more; null: it is merely another scale. */
export const epochAlarm = ({ epoch, decision, why, bridge, at }: OtherEpoch): Alarm | null =>
  decision !== 'refuse' && !isBiased(bridge)
    ? null
    : {
        mode: 'evaluator-capture',
        experiment: 0,
        why: `invalid: evaluator-drift: epoch ${String(epoch)} of the evaluator: ${why}`,
        response: ['no keep is recorded under that evaluator', 'its scores are compared with none of before'],
        at,
      };

/** What the ledger has of a loop's alarms, oldest first. */
export const alarmsOf = ({ events, otherEpochs = [] }: LoopRecord): Alarm[] =>
  [
    ...events.flatMap((event) => (event.kind === 'alarm' ? (readAlarm(event) ?? []) : [])),
    ...otherEpochs.flatMap((one) => epochAlarm(one) ?? []),
  ].toSorted((a, b) => a.at - b.at);
