import type { ExperimentRow } from '../../contract/ledger.js';

/** Columns of an experiment under the names of the contract; times in milliseconds since the epoch. */
export const EXPERIMENT_COLUMNS = `
  loop, experiment, outcome, reason, proposer, idea, base, base_kind AS "baseKind", against, commit, tree,
  branch_commit AS "branchCommit", value, verdict, device_class AS "deviceClass", usage,
  duplicate_of AS "duplicateOf", steering, (extract(epoch FROM proposed_at) * 1000)::float8 AS "proposedAt",
  (extract(epoch FROM settled_at) * 1000)::float8 AS "settledAt"`;

/**
 * A loop's verdicts after a position, as a range of the index by loop and position. `loop = …` would say the same,
 * but where statistics of a loop are missing or old the planner takes it for a few rows, reads all and sorts them.
 */
export const afterPosition = (loop: string, position: string): string =>
  `(loop, position) > (${loop}, ${position}) AND (loop, position) <= (${loop}, 9223372036854775807)`;

/** A column that most loops never fill is left out where it is empty. */
export const asWritten = <T extends { steering?: ExperimentRow['steering'] | null }>(
  row: T,
): Omit<T, 'steering'> & Pick<ExperimentRow, 'steering'> => {
  const { steering, ...rest } = row;
  return steering == null ? rest : { ...rest, steering };
};

/** An experiment and its place in the order of verdicts. */
export interface SettledExperiment {
  position: number;
  experiment: ExperimentRow;
}

export const settledExperiment = (row: ExperimentRow & { position: number }): SettledExperiment => {
  const { position, ...experiment } = row;
  return { position, experiment: asWritten(experiment) };
};
