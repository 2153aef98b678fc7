import type { ContestEvidence } from '../../contract/contest.js';
import type { LoopRecord } from '../../contract/ledger.js';
import type { Evidence } from '../acceptance/rule.js';
import { PROMOTION } from '../promotion/promotion-proposer.js';
import { isUnjudged } from '../steering/unjudged.js';
import type { RecordedExperiment, RecordedLoop, RecordedPromotion } from './recorded.js';

const standingOf = (evidence: unknown): { value: number; n: number } | null =>
  (evidence as Partial<Evidence> | null)?.standing ?? null;

const promotionOf = (proposer: string, evidence: unknown): { promotion?: RecordedPromotion } => {
  const { promotion } = (evidence ?? {}) as { promotion?: RecordedPromotion };
  return proposer === PROMOTION && promotion !== undefined ? { promotion } : {};
};

const contestOf = (evidence: unknown): { contest?: ContestEvidence } => {
  const { contest } = (evidence ?? {}) as Partial<Evidence>;
  return contest === undefined ? {} : { contest };
};

const secondSeedOf = (evidence: unknown): { secondSeed?: true } =>
  (evidence as Partial<Evidence> | null)?.secondSeed === true ? { secondSeed: true } : {};

const provenOf = (evidence: unknown): Pick<RecordedExperiment, 'proven'> => {
  const { proof } = (evidence ?? {}) as Partial<Evidence>;
  return proof === undefined ? {} : { proven: { commit: proof.commit, ...proof.standing } };
};

const toExperiment = (row: LoopRecord['experiments'][number]): RecordedExperiment => {
  const { experiment, idea, outcome, reason, commit, against, value, verdict, measurements } = row;
  return {
    experiment,
    idea,
    outcome,
    reason,
    commit,
    against,
    value,
    base: row.base,
    branchCommit: row.branchCommit,
    standing: standingOf(verdict?.evidence),
    ...promotionOf(row.proposer, verdict?.evidence),
    ...contestOf(verdict?.evidence),
    ...secondSeedOf(verdict?.evidence),
    ...provenOf(verdict?.evidence),
    ...(isUnjudged(row) ? { unjudged: true as const } : {}),
    measurements,
  };
};

/** Runs that somebody made of a loop's commits afterwards travel with its export. */
type Remeasurable = LoopRecord & { reruns?: RecordedLoop['reruns'] };

/** A loop of the ledger, whose rows come in the order of their verdicts. */
export const fromRecord = ({ loop, experiments, reruns = [] }: Remeasurable): RecordedLoop => {
  const { task } = loop.input;
  return {
    name: loop.loop,
    metric: { name: task.measure.metric.name, direction: task.measure.metric.direction },
    acceptance: task.acceptance,
    guarded: task.guards.length > 0,
    baseline: (experiments.find(({ experiment }) => experiment === 0)?.measurements ?? []).filter(
      ({ role }) => role === 'baseline', // its canaries are other artifacts
    ),
    experiments: experiments.filter(({ experiment }) => experiment !== 0).map(toExperiment),
    reruns,
  };
};
