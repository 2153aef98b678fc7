import type { Effect, LessonSource, Sighting } from '../../contract/lesson.js';
import type { ExperimentRow } from '../../contract/ledger.js';
import type { RunRecord } from '../../contract/measurement.js';
import type { Outcome } from '../../contract/outcome.js';
import { PROMOTION } from '../promotion/promotion-proposer.js';
import { oneLine } from '../proposers/prompt/untrusted.js';
import { isUnjudged } from '../steering/unjudged.js';
import { withoutWord } from '../validation/holdout-words.js';
import { ideaTheme } from './idea-theme.js';

const IDEA = 300;
const EVIDENCE = 240;

/**
 * What teaches something. Not what was never run or couldn't be told, not `unconfirmed`, which is the holdout's word, and
 * never `tampered`: how an evaluator was fooled is nothing to pass on.
 */
const TEACHES: Partial<Record<Outcome, Effect>> = {
  keep: 'helped',
  provisional: 'promising',
  discard: 'not_kept',
  crash: 'failed',
  timeout: 'failed',
  out_of_memory: 'failed',
  no_metric: 'failed',
  not_finite: 'failed',
  diverged: 'failed',
  guard_failed: 'failed',
};

export type Settled = ExperimentRow & { measurements: readonly RunRecord[] };

const isTold = (row: Settled): boolean =>
  row.experiment > 0 && row.idea.trim() !== '' && row.proposer !== PROMOTION && !isUnjudged(row);

/** What a row says of its idea. */
export const sighting = (row: Settled, effect: Effect, source: LessonSource): Sighting => {
  const { loop, experiment, outcome, commit, deviceClass, verdict, settledAt, measurements } = row;
  const measured = measurements.find(({ evaluatorHash }) => evaluatorHash !== null);
  return {
    ...source,
    loop,
    theme: ideaTheme(row.idea),
    effect,
    count: 1,
    idea: oneLine(row.idea, IDEA),
    evidence: oneLine(withoutWord(row.reason), EVIDENCE),
    outcome,
    experiment,
    commit,
    evaluatorHash: measured?.evaluatorHash ?? null,
    deviceClass,
    rule: verdict?.rule ?? null,
    firstAt: settledAt,
    lastAt: settledAt,
  };
};

/** What each experiment worth telling says to later loops. */
export const sightingsOf = (rows: readonly Settled[], source: LessonSource): Sighting[] =>
  rows.flatMap((row) => {
    const effect = TEACHES[row.outcome];
    return effect === undefined || !isTold(row) ? [] : [sighting(row, effect, source)];
  });
