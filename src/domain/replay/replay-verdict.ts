import type { Outcome } from '../../contract/outcome.js';
import type { Measurement } from '../../contract/measurement.js';
import type { Acceptance } from '../../contract/task-schema.js';
import { decide, type Question } from '../acceptance/decide.js';
import { judgeBy, type Judgement } from '../acceptance/judge-by.js';
import type { Evidence } from '../acceptance/rule.js';
import { RULES } from '../acceptance/rules.js';
import { gain } from '../score.js';
import { mean } from '../statistics.js';
import { GUARD_INDEX, type RecordedExperiment, type RecordedLoop } from './recorded.js';
import { standingFor, supplyFrom, type Incumbent } from './standing.js';
import { outcomeOf } from '../evidence/outcome-of.js';

export interface Bench {
  loop: RecordedLoop;
  options: Acceptance;
  noise: Evidence['noise'];
  /** the rule is the recorded one: then every recorded run was asked for */
  own: boolean;
}

export interface Verdict {
  outcome: Outcome | 'unknown';
  reason: string;
  gain: number | null;
  used: Measurement[];
  /** what a kept candidate stands on, and what a refused one adds to the incumbent's standing */
  evidence: Evidence | null;
}

/** Outcomes that no rule decides: nothing was measured, or a person ended it. */
export const NEVER_JUDGED: readonly Outcome[] = [
  'no_change',
  'duplicate',
  'refused',
  'over_budget',
  'cancelled',
];

/** Of records from before pairs began anew with each incumbent. */
const NOT_HELD =
  "the incumbent changed while it was judged, and the ledger of that time lacks the new one's runs: it can't be told";

export const unknown = (reason: string, used: Measurement[] = []): Verdict => ({
  outcome: 'unknown',
  reason,
  gain: null,
  used,
  evidence: null,
});

/** The gain that the rule saw: over its pairs where it had any, else on the screening run. */
const gainOf = (
  { candidate, incumbent, standing, overtaken }: Evidence,
  direction: 'minimize' | 'maximize',
): number | null => {
  const theirs = new Map(incumbent.map(({ index, value }) => [index, value]));
  const gains = candidate.flatMap(({ index, value }) => {
    const other = theirs.get(index);
    if (other === undefined || index < (overtaken?.from ?? 0)) return [];
    return [gain({ value, direction }, { value: other, direction })];
  });
  if (gains.length > 0) return mean(gains);
  const [first] = candidate;
  return first === undefined
    ? null
    : gain({ value: first.value, direction }, { value: standing.value, direction });
};

/** What stands between a rule's keep and the branch: guards, a person who said no, a holdout that didn't say yes. */
export const afterwards = (verdict: Verdict, row: RecordedExperiment, guarded: boolean): Verdict => {
  if (verdict.outcome !== 'keep') return verdict;
  if (row.reason.startsWith('rejected: ') && row.outcome === 'discard')
    return { ...verdict, outcome: 'discard', reason: `a person ${row.reason}` };
  if (row.outcome === 'unconfirmed') return { ...verdict, outcome: 'unconfirmed', reason: row.reason };
  if (!guarded) return verdict;
  const guards = row.measurements.find(({ role, index }) => role === 'candidate' && index === GUARD_INDEX);
  if (guards === undefined) return unknown('better, but its guards were never run', verdict.used);
  return guards.status === 'ok'
    ? verdict
    : { ...verdict, outcome: outcomeOf(guards.status), reason: guards.detail };
};

/** The question as the loop asked it last: runs beside an incumbent that was overtaken meanwhile are among them. */
const judgeAll = (
  question: Omit<Question, 'measurements'>,
  measurements: readonly Measurement[],
): Judgement => {
  const used = measurements.filter(({ index }) => index !== GUARD_INDEX);
  if (!used.some(({ commit, index }) => commit === question.candidate && index === 0))
    return { known: false, reason: 'its candidate was never run', used };
  const decision = decide({ ...question, measurements: used });
  return decision.decision === 'final'
    ? { known: true, decision, used }
    : { known: false, reason: decision.reason, used };
};

/** One recorded experiment judged by another rule, against the incumbent that the replay has come to. */
export const replayVerdict = (row: RecordedExperiment, incumbent: Incumbent, bench: Bench): Verdict => {
  const { loop, options, noise, own } = bench;
  if (row.commit === null || row.measurements.length === 0 || NEVER_JUDGED.includes(row.outcome))
    return { outcome: row.outcome, reason: row.reason, gain: null, used: [], evidence: null };
  if (options.rule === 'floor' && noise === null)
    return unknown('the noise of the unchanged artifact is not in the record');
  if (own && row.lacksRuns === true) return unknown(NOT_HELD);
  const { direction } = loop.metric;
  const standing = { ...incumbent, ...standingFor(incumbent, row) };
  const secondSeed = row.secondSeed === true;
  const asked = { direction, acceptance: options, candidate: row.commit, incumbent: standing };
  const proven = own && row.proven !== undefined ? { proven: row.proven } : {};
  const since =
    row.overtaken !== undefined && row.against === incumbent.experiment ? { overtaken: row.overtaken } : {};
  const question = { ...asked, noise, secondSeed, ...proven, ...since };
  const onPairs = options.rule !== 'strict' && options.rule !== 'floor';
  const judged =
    own && (onPairs || secondSeed)
      ? judgeAll(question, row.measurements)
      : judgeBy(question, supplyFrom(row, incumbent));
  if (!judged.known) return unknown(judged.reason, judged.used);
  const { outcome, reason, evidence } = judged.decision;
  const verdict = { outcome, reason, gain: gainOf(evidence, direction), used: judged.used, evidence };
  return afterwards(verdict, row, loop.guarded);
};

/** The standing of a kept candidate under the rule that kept it. */
export const standingOfKept = ({ evidence }: Verdict, rule: Acceptance['rule']) =>
  evidence === null ? null : RULES[rule].standing(evidence);
