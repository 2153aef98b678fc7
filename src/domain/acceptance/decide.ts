import type { Measurement } from '../../contract/measurement.js';
import type { Outcome, RunStatus } from '../../contract/outcome.js';
import type { Acceptance } from '../../contract/task-schema.js';
import { FAULTY_SHARE, LIVE_SHARE, scoresIn, UNTRIED_SHARE } from '../research/metric-names.js';
import { crashRateInWords } from '../evidence/clean-runs.js';
import { oneClass } from '../device/same-class.js';
import { hasCrashed } from '../evidence/has-crashed.js';
import type { Direction } from '../score.js';
import { smallestEffect } from './gains.js';
import { reads } from './ignored-options.js';
import { isJudgedInPairs, MOST_ANEW, overtakenInWords } from './overtaken.js';
import type { Evidence, Overtaken, Sample, Step } from './rule.js';
import { RULES } from './rules.js';
import { type Beside, onSecondSeed } from './second-seed.js';
import { isDeterministic } from './without-noise.js';
import { outcomeOf } from '../evidence/outcome-of.js';

export interface Question {
  direction: Direction;
  acceptance: Acceptance;
  /** every measurement made for this experiment, of candidate and incumbents */
  measurements: readonly Measurement[];
  candidate: string;
  incumbent: { commit: string; value: number; n: number };
  noise: Evidence['noise'];
  /** whether a metric that is taken for still is doubted before each keep */
  secondSeed?: boolean;
  /** what stood before the keeps that were made while the metric was taken for still; absent: there are none */
  proven?: { commit: string; value: number; n: number };
  /** where pairs with this incumbent begin; absent: with the first */
  overtaken?: Overtaken;
}

export type Decision =
  | (Extract<Step, { decision: 'more' }> & {
      /** number of the shared seed of the incumbent's first run, where its standing is to rest on these runs */
      firstSeed?: number;
    })
  | { decision: 'final'; outcome: Outcome; reason: string; evidence: Evidence };

/** What a measurement by research consists of. */
const byResearch = ({
  metrics = {},
  deviceSeconds,
}: Measurement): Pick<Sample, 'units' | 'cost' | 'live' | 'untried' | 'faulty'> => {
  const units = scoresIn(metrics);
  if (units === null) return {};
  const { [LIVE_SHARE]: live, [UNTRIED_SHARE]: untried, [FAULTY_SHARE]: faulty } = metrics;
  return {
    units,
    cost: deviceSeconds,
    ...(live === undefined ? {} : { live }),
    ...(untried === undefined ? {} : { untried }),
    ...(faulty === undefined ? {} : { faulty }),
  };
};

const samplesOf = (measurements: readonly Measurement[], commit: string): Sample[] =>
  measurements
    .filter((one) => one.commit === commit && one.status === 'ok' && one.value !== null)
    .map((one) => ({ index: one.index, value: one.value as number, ...byResearch(one) }));

/** Whether the failed runs of this candidate are evidence for the rule; one that never gave a value is none. */
const countsFailures = ({ acceptance }: Question, { candidate }: Evidence): boolean =>
  acceptance.evidence === 'bet' &&
  (acceptance.rule === 'sprt' || acceptance.rule === 'screen+sprt') &&
  candidate.some(({ index }) => index === 0);

/** A few clean pairs can keep what crashes in half of its runs: how much of that they leave possible. */
const crashesOf = ({ candidate, failed: losses = [], noise }: Evidence, acceptance: Acceptance): string => {
  if (!isJudgedInPairs(acceptance, { noise })) return '';
  const crashes = losses.length;
  return `; ${crashRateInWords({ runs: candidate.length + crashes, crashes })}`;
};

/** Whether one run more is asked for before a keep; what is measured by research is judged by pairs anyway. */
const isDoubted = ({ secondSeed, acceptance }: Question, evidence: Evidence): boolean =>
  secondSeed === true && acceptance.rule !== 'lift' && isDeterministic(evidence);

const failed = (status: RunStatus): status is Exclude<RunStatus, 'ok'> => status !== 'ok';

const failedAt = (measurements: readonly Measurement[], commit: string): Set<number> =>
  new Set(
    measurements.filter((one) => one.commit === commit && failed(one.status)).map(({ index }) => index),
  );

/** How surely a keep is proven under a rule that has no chance of its own. */
const PROOF_ALPHA = 0.05;

/** The unchanged artifact beside keeps that rest on a metric which was taken for still. */
const unprovenOf = (evidence: Evidence, question: Question): Pick<Beside, 'unproven'> => {
  const { proven, measurements, acceptance } = question;
  if (proven === undefined) return {};
  const { commit, value, n } = proven;
  const runs = samplesOf(measurements, commit);
  const needed = smallestEffect(evidence, acceptance);
  const lost = failedAt(measurements, commit);
  const alpha = reads(acceptance.rule, 'alpha') ? acceptance.alpha : PROOF_ALPHA;
  const about = { commit, standing: { value, n }, runs };
  return { unproven: { proven: about, failed: lost, needed, alpha } };
};

/** The verdict on a metric that is taken for still. */
const doubt = (evidence: Evidence, question: Question, spoilt: ReadonlySet<number>): Decision => {
  const { rule } = question.acceptance;
  const beside = { failed: spoilt, ...unprovenOf(evidence, question) };
  const said = RULES[rule].step(evidence, question.acceptance);
  const { step, anew, proof } = onSecondSeed(evidence, said, beside);
  if (step.decision === 'more') {
    const firstSeed = evidence.noise?.n ?? 0;
    return step.candidate.length > 0 ? step : { ...step, firstSeed };
  }
  const measured = proof === undefined ? evidence : { ...evidence, proof };
  const found = anew === undefined ? evidence : { ...measured, anew };
  return { decision: 'final', outcome: step.decision, reason: step.reason, evidence: found };
};

/**
 * What follows from the measurements so far: a verdict, or the measurements that the rule still wants. A failed run
 * of the candidate decides at once, unless the incumbent failed on the same seed or the rule bets on bounded differences
 * and counts it as the worst of them; where the incumbent fails, nothing is decided about the candidate.
 */
export const decide = (question: Question): Decision => {
  const { measurements, candidate, incumbent, acceptance } = question;
  oneClass(measurements);
  const seen: Evidence = {
    direction: question.direction,
    candidate: samplesOf(measurements, candidate),
    incumbent: samplesOf(measurements, incumbent.commit),
    standing: { value: incumbent.value, n: incumbent.n },
    noise: question.noise,
    ...(question.overtaken === undefined ? {} : { overtaken: question.overtaken }),
  };
  const doubted = isDoubted(question, seen);
  const evidence: Evidence = doubted ? { ...seen, secondSeed: true } : seen;
  const spoilt = failedAt(measurements, incumbent.commit);
  const failures = measurements.filter(
    (one) => one.commit === candidate && failed(one.status) && !spoilt.has(one.index),
  );
  const asLosses =
    !doubted && countsFailures(question, evidence) && failures.every((one) => hasCrashed(one.status));
  const [failure] = failures;
  if (failure !== undefined && failed(failure.status) && !asLosses) {
    return { decision: 'final', outcome: outcomeOf(failure.status), reason: failure.detail, evidence };
  }
  if (doubted) return doubt(evidence, question, spoilt);
  if (spoilt.size > 0) {
    const reason = `the incumbent itself failed on ${String(spoilt.size)} of the shared seeds`;
    return { decision: 'final', outcome: 'inconclusive', reason, evidence };
  }
  const judged = { ...evidence, failed: failures.map(({ index }) => index) };
  const step = RULES[acceptance.rule].step(judged, acceptance);
  const before = overtakenInWords(evidence);
  if (step.decision !== 'more') {
    const reason = `${step.reason}${step.decision === 'keep' ? crashesOf(judged, acceptance) : ''}${before}`;
    return { decision: 'final', outcome: step.decision, reason, evidence };
  }
  const times = question.overtaken?.times ?? 0;
  if (times <= MOST_ANEW) return step;
  const reason = `the incumbent changed ${String(times)} times while it was judged${before}`;
  return { decision: 'final', outcome: 'inconclusive', reason, evidence };
};
