import type { PromotionEvent, PromotionState } from '../../contract/promotion.js';
import { stepPromotion } from '../acceptance/promotion.js';
import type { PromotionEnd } from '../promotion/after-promotion.js';
import { sinceSet } from '../promotion/step-test.js';
import { testInWords, type Tested } from '../promotion/test-in-words.js';
import { upward } from '../promotion/upward.js';
import { wonInWords } from '../promotion/won-in-words.js';
import type { Direction } from '../score.js';
import type { RecordedExperiment, RecordedPromotion } from './recorded.js';

export interface ReplayedPromotion {
  outcome: RecordedExperiment['outcome'] | 'unknown';
  reason: string;
  gain: number;
  end: PromotionEnd;
  now: PromotionState;
}

type Row = RecordedExperiment & { promotion: RecordedPromotion };

const step = (state: PromotionState, event: PromotionEvent): PromotionState =>
  stepPromotion(state, event).state;

/** A change whose absence could not be measured stayed. */
const keepUntil = (state: PromotionState, at: number | null): PromotionState => {
  let now = state;
  while (now.phase.kind === 'prune' && now.phase.at !== at)
    now = step(now, { kind: 'paired', left: null, right: 0 });
  return now;
};

const up = (direction: Direction, value: number | null): number | null =>
  value === null ? null : upward(direction, value);

/** The test and the leave-one-out, as far as the recorded pairs go; null where there are more than were asked for. */
const playPairs = (
  begun: PromotionState,
  { promotion }: Row,
  direction: Direction,
): PromotionState | null => {
  let now = begun;
  for (const { stage, without, left, right } of promotion.pairs) {
    if (stage === 'prune') now = keepUntil(now, without);
    if (now.phase.kind !== stage) return null;
    now = step(now, { kind: 'paired', left: up(direction, left), right: up(direction, right) });
  }
  return now;
};

const play = (begun: PromotionState, row: Row, direction: Direction): PromotionState | null => {
  const tested = playPairs(begun, row, direction);
  if (tested === null || row.outcome !== 'keep') return tested;
  const ready = keepUntil(tested, null);
  if (ready.phase.kind !== 'seal') return ready;
  const sealed = step(ready, { kind: 'sealed', commit: row.commit ?? '' });
  return row.promotion.standing.reduce(
    (state, { value }) =>
      state.phase.kind === 'standing' ? step(state, { kind: 'ran', value: upward(direction, value) }) : state,
    sealed,
  );
};

/** What ends a promotion though no rule says so: guards, a person, a stop, a trunk that does not stand. */
const notByRule = ({ outcome, reason, measurements }: Row): PromotionEnd | null => {
  if (outcome === 'cancelled' || /^stopped (before|while)/.test(reason)) return 'stopped';
  if (reason.startsWith('rejected: ') || /^the (changes that are left|trunk fails)/.test(reason))
    return 'given-up';
  return measurements.some(({ status }) => status !== 'ok' && status === outcome) ? 'given-up' : null;
};

/** A recorded promotion decided again by its own pairs. */
export const replayPromotion = (begun: PromotionState, row: Row, direction: Direction): ReplayedPromotion => {
  const { phase, options } = begun;
  const { branch, pairs } = row.promotion;
  const tested: Tested = {
    options,
    alpha: phase.kind === 'test' ? phase.alpha : options.alpha,
    direction,
    pairs: pairs.filter(({ stage }) => stage === 'test'),
    before: sinceSet(begun),
  };
  const { gain, lost } = testInWords(tested);
  const now = play(begun, row, direction);
  const unknown = (reason: string): ReplayedPromotion => ({
    outcome: 'unknown',
    reason,
    gain,
    end: 'stopped',
    now: begun,
  });
  if (now === null) return unknown('the record has pairs that the rule never asked for');
  if (now.phase.kind === 'scout' && row.outcome !== 'keep') return { ...lost, gain, end: 'lost', now };
  if (now.phase.kind === 'scout' && now.levels.keeps > begun.levels.keeps) {
    const left = branch.filter((change) => !droppedOf(begun, row, direction).includes(change));
    return { outcome: 'keep', reason: wonInWords(tested, { branch, left }), gain, end: 'promoted', now };
  }
  const end = notByRule(row);
  if (end !== null) return { outcome: row.outcome, reason: row.reason, gain, end, now };
  if (now.phase.kind === 'scout') return { ...lost, gain, end: 'lost', now };
  return now.phase.kind === 'test'
    ? unknown(`the record has ${String(tested.pairs.length)} pairs: not enough to say`)
    : { outcome: 'keep', reason: wonInWords(tested, { branch, left: branch }), gain, end: 'given-up', now };
};

const droppedOf = (begun: PromotionState, row: Row, direction: Direction): string[] => {
  const tested = playPairs(begun, row, direction);
  const left = tested === null ? begun.branch : keepUntil(tested, null).branch;
  return begun.branch.filter((change) => !left.includes(change));
};
