import type { ContestEvidence } from '../../contract/contest.js';
import type { LoopRecord } from '../../contract/ledger.js';
import type { Evidence } from '../acceptance/rule.js';
import { classesIn, mixedRows, ownRows, rowsOnClass } from '../device/row-classes.js';
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

/** Once there was room for one run of an incumbent a seed: of the next one's, what came second was lost. */
const lacksRuns = ({ verdict, commit, measurements }: LoopRecord['experiments'][number]): boolean => {
  const { incumbent = [], contest } = (verdict?.evidence ?? {}) as Partial<Evidence>;
  if (contest !== undefined) return false; // its runs are in the row of one of the arms
  const held = measurements.filter((one) => one.role === 'incumbent' && one.commit !== commit);
  return incumbent.some(
    (run) => !held.some(({ index, value }) => index === run.index && value === run.value),
  );
};

const overtakenOf = (evidence: unknown): Pick<RecordedExperiment, 'overtaken'> => {
  const { overtaken } = (evidence ?? {}) as Partial<Evidence>;
  return overtaken === undefined ? {} : { overtaken };
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
    ...overtakenOf(verdict?.evidence),
    ...(lacksRuns(row) ? { lacksRuns: true as const } : {}),
    ...(isUnjudged(row) ? { unjudged: true as const } : {}),
    measurements,
  };
};

/** Runs that somebody made of a loop's commits afterwards travel with its export. */
type Remeasurable = LoopRecord & { reruns?: RecordedLoop['reruns'] };

const toLoop = ({ loop, experiments, reruns = [] }: Remeasurable): RecordedLoop => {
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

const runsOn = (reruns: RecordedLoop['reruns'] = [], device: string | undefined): RecordedLoop['reruns'] =>
  reruns.filter(({ deviceClass }) => deviceClass === device);

/** A loop of the ledger on its own device class, whose rows come in the order of their verdicts. */
export const fromRecord = (record: Remeasurable): RecordedLoop => {
  const [own, ...others] = classesIn(record.experiments);
  if (others.length === 0) return toLoop(record);
  return toLoop({
    ...record,
    experiments: ownRows(record.experiments),
    reruns: runsOn(record.reruns, own),
  });
};

/** The same, class by class, its own first: what was measured on one says nothing of another. */
export const fromRecordByClass = (record: Remeasurable): RecordedLoop[] => {
  const classes = classesIn(record.experiments);
  if (classes.length < 2) return [toLoop(record)];
  const left = mixedRows(record.experiments);
  const note = `the record is of several device classes (${classes.join(', ')}): each is replayed by itself`;
  const notes = [
    note,
    ...(left.length === 0
      ? []
      : [`measured on several at once and left out: ${left.map((n) => `#${String(n)}`).join(', ')}`]),
  ];
  return classes.map((device) => ({
    ...toLoop({
      ...record,
      experiments: rowsOnClass(record.experiments, device),
      reruns: runsOn(record.reruns, device),
    }),
    name: `${record.loop.loop} on ${device}`,
    notes,
  }));
};
