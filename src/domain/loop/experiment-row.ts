import type { ExperimentRow } from '../../contract/ledger.js';
import type { Incumbent } from '../../contract/loop.js';
import type { RunRecord } from '../../contract/measurement.js';
import type { RunReport, RunRequest } from '../../contract/run-schema.js';
import type { Prepared } from '../../contract/proposal.js';

const lostSeconds = ({ course }: RunReport): number =>
  (course?.earlier ?? []).reduce((sum, { seconds }) => sum + seconds, 0);

/** A run's report as the ledger keeps it. */
export const runRecord = (request: RunRequest, report: RunReport, index: number): RunRecord => {
  const { prepare, run, measure, guards } = report.seconds;
  return {
    role: request.role,
    index,
    commit: request.source.commit,
    seed: request.seed,
    status: report.status,
    value: report.value,
    origin: report.origin,
    deviceClass: report.device.class,
    // what earlier attempts held devices for was spent, too
    deviceSeconds: (prepare + run + measure + guards + lostSeconds(report)) * request.devices,
    detail: report.detail,
    metrics: report.metrics,
    tail: report.tail,
    log: report.log,
    evaluatorLog: report.evaluatorLog,
    evaluatorHash: report.evaluatorHash,
    peakMemoryBytes: report.peakMemoryBytes,
    exitCode: report.exitCode,
    device: report.device,
    sandbox: report.sandbox,
    tampering: report.tampering,
    notes: report.notes,
    startedAt: report.startedAt,
    seconds: report.seconds,
    ...(report.course == null ? {} : { course: report.course }),
  };
};

/** The row of an experiment before its verdict is known. */
export const emptyRow = (
  loop: string,
  prepared: Prepared,
  context: { incumbent: Incumbent | null; base: string; proposedAt: number; settledAt: number },
): Omit<ExperimentRow, 'outcome' | 'reason'> => {
  const ready = prepared.status === 'ready';
  return {
    loop,
    experiment: prepared.experiment,
    proposer: prepared.proposer,
    idea: prepared.idea,
    base: ready ? prepared.base : context.base,
    baseKind: ready ? prepared.baseKind : 'current',
    against: context.incumbent?.experiment ?? null,
    commit: ready ? prepared.commit : null,
    tree: ready ? prepared.tree : null,
    branchCommit: null,
    value: null,
    verdict: null,
    deviceClass: null,
    usage: prepared.usage,
    duplicateOf: ready ? null : (prepared.duplicateOf ?? null),
    proposedAt: context.proposedAt,
    settledAt: context.settledAt,
  };
};
