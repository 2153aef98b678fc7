import type { FailureMode } from '../../contract/alarm.js';
import type { AuditRecord, HoldoutNumbers, Queried, Scored, Sealed } from '../../contract/audit.js';
import { detect } from '../failure-modes/detector.js';
import { evaluatorCapture } from '../failure-modes/evaluator-capture.js';
import { objectiveDrift } from '../failure-modes/objective-drift.js';
import { mean } from '../statistics.js';
import { gainsOf } from './gap.js';

type Score = AuditRecord & Scored;
type Query = AuditRecord & Queried;
export type NumbersOf = (hash: string) => HoldoutNumbers | null;

/** An answer with what its loop had claimed. */
interface Answer {
  score: Score;
  query: Query;
  numbers: HoldoutNumbers;
}

/** What a claim is worth less by: selection makes it look better than it is, seldom by more than two standard errors. */
const ERRORS = 2;

/** Level at which the objective is what changes. */
const OBJECTIVE_LEVEL = 3;

/** Questions about single changes; one about the whole says the same again. */
const isWatched = ({ question }: Scored): boolean => /\/(keep|promotion)$/.test(question);

const answersOf = (records: readonly AuditRecord[], last: Score, numbersOf: NumbersOf): Answer[] => {
  const loop = (records[last.query] as Query | undefined)?.loop;
  return records.flatMap((score): Answer[] => {
    if (score.kind !== 'score' || score.i > last.i || score.suite !== last.suite) return [];
    const query = records[score.query];
    if (query?.kind !== 'query' || query.loop !== loop || !isWatched(score) || score.reason !== null)
      return [];
    const numbers = numbersOf(score.numbersHash);
    return numbers === null || query.claimed == null ? [] : [{ score, query, numbers }];
  });
};

/** What one unit u is, in units of the holdout's metric: as the vault says, else the first incumbent's own score. */
const unitOf = ({ unit }: Pick<Sealed, 'unit'>, [first]: readonly Answer[]): number => {
  if (unit !== undefined) return unit;
  const scores = (first?.numbers.pairs ?? []).flatMap(({ incumbent }) => incumbent ?? []);
  return scores.length === 0 ? 0 : Math.abs(mean(scores));
};

/** Answers since the last alarm of this loop: a person has seen what was before it. */
const sinceAlarm = (records: readonly AuditRecord[], answers: readonly Answer[], last: Score): Answer[] => {
  const seen = records.findLast(
    (one) =>
      one.kind === 'alarm' &&
      'score' in one &&
      one.i < last.i &&
      answers.some(({ score }) => score.i === one.score),
  );
  return answers.filter(({ score }) => score.i > (seen?.i ?? -1));
};

/**
 * Whether the answers to a loop show, with this one, that its claims don't hold on the holdout: an objective that drifts,
 * at the level that changes objectives, else an evaluator that is gamed. The lowest level is watched where the vault
 * says what a unit is: a gap between search and holdout is common there, and no failure by itself.
 */
export const failureAt = (
  records: readonly AuditRecord[],
  last: Score,
  numbersOf: NumbersOf,
): FailureMode | null => {
  const query = records[last.query];
  const seal = records.find((one) => one.kind === 'rotate' && one.suite === last.suite);
  if (query?.kind !== 'query' || seal?.kind !== 'rotate' || !isWatched(last)) return null;
  const level = query.level ?? 0;
  if (level === 0 && seal.unit === undefined) return null;
  const all = answersOf(records, last, numbersOf);
  const unit = unitOf(seal, all);
  if (unit === 0) return null;
  const lifts = sinceAlarm(records, all, last).map(({ score, query: asked, numbers }) => ({
    objectiveHash: score.artifactHash,
    claimed: ((asked.claimed ?? 0) - ERRORS * (asked.claimedError ?? 0)) / (seal.claimUnit ?? unit),
    heldOut: gainsOf(numbers).map((gain) => gain / unit),
    validated: score.verdict === 'pays',
  }));
  if (level === OBJECTIVE_LEVEL) return detect(objectiveDrift, { lifts }).alarm ? objectiveDrift.mode : null;
  const promoted = lifts.map(({ objectiveHash, claimed, heldOut }) => ({
    artifact: objectiveHash,
    evaluatorGain: heldOut.map(() => claimed),
    executedGain: heldOut,
  }));
  const trail = { evaluator: seal.suite, bridge: null, promoted };
  return detect(evaluatorCapture, trail).alarm ? evaluatorCapture.mode : null;
};
