import type { ExperimentRow } from '../../contract/ledger.js';
import type { Elite, KnobValue, Trial, TrialStatus } from '../../contract/mechanism.js';
import type { Pending } from '../../contract/steering.js';
import type { Outcome } from '../../contract/outcome.js';
import { candidateKey } from '../mechanism/move-key.js';
import type { Direction } from '../score.js';

type Config = Readonly<Record<string, KnobValue>>;

/** Everything that trials and elites are read from. */
export interface Past {
  /** in the order of their verdicts */
  rows: readonly ExperimentRow[];
  direction: Direction;
  /** standard deviation of one run */
  sigma: number;
  /** where the knobs of the unchanged artifact stand */
  base: Config;
  baseCommit: string;
}

/** What a mechanism makes of an outcome; null: nothing was tried. */
const STATUS: Readonly<Record<Outcome, TrialStatus | null>> = {
  keep: 'keep',
  provisional: 'keep',
  discard: 'revert',
  inconclusive: 'revert',
  unconfirmed: 'revert',
  guard_failed: 'revert',
  crash: 'crash',
  timeout: 'crash',
  out_of_memory: 'crash',
  no_metric: 'crash',
  not_finite: 'crash',
  tampered: 'crash',
  no_change: 'dup',
  duplicate: 'dup',
  refused: 'crash',
  over_budget: null,
  cancelled: null,
};

/** Higher is better, whatever the metric. */
export const upwards = (value: number, direction: Direction): number =>
  direction === 'minimize' ? -value : value;

interface Known {
  row: ExperimentRow;
  config: Config | null;
}

/** Rows with the configuration that each tried, as far as it is known from what it was made from. */
const withConfigs = ({ rows, base, baseCommit }: Past): Known[] => {
  const byCommit = new Map<string, Config>([[baseCommit, base]]);
  return rows.map((row) => {
    const from = byCommit.get(row.base);
    const changed = row.steering?.settings;
    const config =
      row.experiment === 0 ? base : from && changed !== undefined ? { ...from, ...changed } : null;
    if (config !== null)
      for (const commit of [row.commit, row.branchCommit]) if (commit) byCommit.set(commit, config);
    return { row, config };
  });
};

const isElite = ({ experiment, outcome, value }: ExperimentRow): boolean =>
  value !== null && (experiment === 0 || outcome === 'keep' || outcome === 'provisional');

const parentsOf = (rows: readonly ExperimentRow[], baseCommit: string): Map<string, ExperimentRow> => {
  const parents = new Map<string, ExperimentRow>();
  for (const row of rows) {
    if (row.experiment === 0) parents.set(baseCommit, row);
    if (row.commit !== null) parents.set(row.commit, row);
    if (row.branchCommit !== null) parents.set(row.branchCommit, row);
  }
  return parents;
};

/** A loop's rows as trials, and those that were incumbents as elites; without what never ran or had no commit. */
export const readPast = (past: Past): { trials: Trial[]; elites: (Elite & { commit: string })[] } => {
  const { direction, sigma, baseCommit } = past;
  const known = withConfigs(past);
  const parents = parentsOf(past.rows, baseCommit);
  const trials = known.flatMap(({ row, config }): Trial[] => {
    const status = STATUS[row.outcome];
    // what was refused is a trial only where it is known what it would have been
    const isUnknown = row.outcome === 'refused' && (row.steering?.moves ?? []).length === 0;
    if (status === null || isUnknown || row.experiment === 0) return [];
    const parent = parents.get(row.base);
    const mean = row.value === null ? null : upwards(row.value, direction);
    const before = parent?.value == null ? null : upwards(parent.value, direction);
    const moves = row.steering?.moves ?? [];
    return [
      {
        id: row.experiment,
        parentId: parent?.experiment ?? row.against,
        moves,
        key: candidateKey(moves),
        config,
        operator: row.usage.model === null ? row.proposer : `${row.proposer}:${row.usage.model}`,
        scores: mean === null ? null : { mean, se: sigma, n: 1 },
        dy: mean === null || before === null ? null : mean - before,
        status,
        fidelity: 1,
        cost: 0,
        ...(status === 'crash' ? { reason: row.outcome } : {}),
      },
    ];
  });
  const elites = known.flatMap(({ row, config }) => {
    const commit = row.branchCommit ?? row.commit ?? (row.experiment === 0 ? baseCommit : null);
    if (!isElite(row) || row.value === null || commit === null) return [];
    return [{ id: row.experiment, config, mean: upwards(row.value, direction), commit }];
  });
  return { trials, elites };
};

/**
 * A candidate that waits for its verdict, as a trial that taught nothing: without it a mechanism would ask for the same
 * again while devices are busy.
 */
export const pendingTrial = ({ experiment, operator, moves }: Pending): Trial => ({
  id: experiment,
  parentId: null,
  moves,
  key: candidateKey(moves),
  config: null,
  operator,
  scores: null,
  dy: null,
  status: 'dup',
  fidelity: 1,
  cost: 0,
  reason: 'pending',
});
