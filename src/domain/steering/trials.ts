import { upward } from '../promotion/upward.js';
import type { ExperimentRow } from '../../contract/ledger.js';
import type { Elite, KnobValue, Trial, TrialStatus } from '../../contract/mechanism.js';
import type { Pending } from '../../contract/steering.js';
import type { Outcome } from '../../contract/outcome.js';
import { candidateKey } from '../mechanism/move-key.js';
import type { Direction } from '../score.js';
import { isAgain } from './unjudged.js';
import { wholeMean } from './whole-mean.js';

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
  diverged: 'crash',
  tampered: 'crash',
  no_change: 'dup',
  duplicate: 'dup',
  refused: 'crash',
  over_budget: null,
  cancelled: null,
};

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
    if (isAgain(row)) continue;
    if (row.experiment === 0) parents.set(baseCommit, row);
    if (row.commit !== null) parents.set(row.commit, row);
    if (row.branchCommit !== null) parents.set(row.branchCommit, row);
  }
  return parents;
};

/** What a row's runs have shown: by what rules judge, or by what no rule may. */
const scoresOf = (
  { value, commit, steering, outcome }: ExperimentRow,
  { direction, sigma }: Pick<Past, 'direction' | 'sigma'>,
): Pick<Trial, 'scores' | 'fidelity' | 'cost'> => {
  const seen = steering?.seen;
  const { n, fidelity } = seen ?? { n: 1, fidelity: 1 };
  const mean = seen === undefined ? value : seen.value;
  const scores =
    mean === null ? null : { mean: upward(direction, mean), se: sigma / Math.sqrt(Math.max(1, n)), n };
  // what was refused or repeats another had no run
  const ran = commit !== null && STATUS[outcome] !== 'dup' && outcome !== 'refused';
  return { scores, fidelity, cost: ran ? n * fidelity : 0 };
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
    const told = scoresOf(row, { direction, sigma });
    const again = isAgain(row);
    const before = parent?.value == null || told.fidelity < 1 ? null : upward(direction, parent.value);
    const moves = row.steering?.moves ?? [];
    return [
      {
        id: row.experiment,
        parentId: row.steering?.seen?.of ?? parent?.experiment ?? row.against,
        moves,
        key: candidateKey(moves),
        config,
        operator: row.usage.model === null ? row.proposer : `${row.proposer}:${row.usage.model}`,
        ...told,
        dy: told.scores === null || before === null || again ? null : told.scores.mean - before,
        status: again && status === 'revert' ? 'dup' : status,
        ...(status === 'crash' ? { reason: row.outcome } : again ? { reason: 'again' } : {}),
      },
    ];
  });
  const elites = known.flatMap(({ row, config }) => {
    const commit = row.branchCommit ?? row.commit ?? (row.experiment === 0 ? baseCommit : null);
    if (!isElite(row) || row.value === null || commit === null) return [];
    return [{ id: row.experiment, config, mean: upward(direction, wholeMean(row, past.rows)), commit }];
  });
  return { trials, elites };
};

/**
 * A candidate that waits for its verdict, as a trial that taught nothing: without it a mechanism would ask for the same
 * again while devices are busy.
 */
export const pendingTrial = ({ experiment, operator, moves, of }: Pending): Trial => ({
  id: experiment,
  parentId: of ?? null,
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
