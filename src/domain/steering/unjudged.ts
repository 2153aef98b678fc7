import type { ExperimentRow } from '../../contract/ledger.js';
import type { SteeredBy } from '../../contract/steering.js';

type Row = Pick<ExperimentRow, 'steering'>;

/** Whether a row is a known trial's, measured again: it tries nothing. */
export const isAgain = ({ steering }: Row): boolean => steering?.again?.judged === false;

/** Whether no rule has judged what a row shows: a part of a run has a score, or a known trial has more of them. */
export const isUnjudged = (row: Row): boolean => {
  const value = row.steering?.seen?.value ?? null;
  return value !== null || isAgain(row);
};

/** How a candidate is only looked at; null: a rule is to judge it. */
export const lookOf = (
  steering: SteeredBy | undefined,
): { n: number; fidelity: number; of: number | null } | null => {
  if (steering === undefined) return null;
  const { again, fidelity = 1 } = steering;
  if (again?.judged === false) return { n: again.n, fidelity, of: again.id };
  return fidelity < 1 ? { n: 1, fidelity, of: null } : null;
};

/** Experiments of the budget that one takes: each run of a known trial is one. */
export const experimentsOf = ({ steering }: Row): number => lookOf(steering)?.n ?? 1;
