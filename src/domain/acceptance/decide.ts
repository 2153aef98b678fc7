import type { Measurement } from '../../contract/measurement.js';
import type { Outcome, RunStatus } from '../../contract/outcome.js';
import type { Acceptance } from '../../contract/task-schema.js';
import type { Direction } from '../score.js';
import type { Evidence, Sample } from './rule.js';
import { RULES } from './rules.js';

export interface Question {
  direction: Direction;
  acceptance: Acceptance;
  /** every measurement made for this experiment, of candidate and incumbents */
  measurements: readonly Measurement[];
  candidate: string;
  incumbent: { commit: string; value: number; n: number };
  noise: { sigma: number; n: number } | null;
}

export type Decision =
  | { decision: 'more'; reason: string; candidate: number[]; incumbent: number[] }
  | { decision: 'final'; outcome: Outcome; reason: string; evidence: Evidence };

const samplesOf = (measurements: readonly Measurement[], commit: string): Sample[] =>
  measurements
    .filter((one) => one.commit === commit && one.status === 'ok' && one.value !== null)
    .map((one) => ({ index: one.index, value: one.value as number }));

const failed = (status: RunStatus): status is Exclude<RunStatus, 'ok'> => status !== 'ok';

/**
 * What follows from the measurements so far: a verdict, or the measurements that the rule still wants. A failed run
 * of the candidate decides at once, unless the incumbent failed on the same seed; a failed run of the incumbent
 * spoils that pair only.
 */
export const decide = (question: Question): Decision => {
  const { measurements, candidate, incumbent, acceptance } = question;
  const evidence: Evidence = {
    direction: question.direction,
    candidate: samplesOf(measurements, candidate),
    incumbent: samplesOf(measurements, incumbent.commit),
    standing: { value: incumbent.value, n: incumbent.n },
    noise: question.noise,
  };
  const spoilt = new Set(
    measurements
      .filter((one) => one.commit === incumbent.commit && failed(one.status))
      .map(({ index }) => index),
  );
  const failure = measurements.find(
    (one) => one.commit === candidate && failed(one.status) && !spoilt.has(one.index),
  );
  if (failure !== undefined) {
    return { decision: 'final', outcome: failure.status as Outcome, reason: failure.detail, evidence };
  }
  if (spoilt.size > 0) {
    const reason = `the incumbent itself failed on ${String(spoilt.size)} of the shared seeds`;
    return { decision: 'final', outcome: 'inconclusive', reason, evidence };
  }
  const step = RULES[acceptance.rule].step(evidence, acceptance);
  if (step.decision === 'more') return step;
  return { decision: 'final', outcome: step.decision, reason: step.reason, evidence };
};
