import type { ExperimentRow } from '../../contract/ledger.js';
import type { Directive } from '../../contract/mechanism.js';
import type { Again } from '../../contract/steering.js';

/** The commit of a row's artifact, whatever it is on the branch. */
const commitOf = ({ experiment, commit }: ExperimentRow, baseCommit: string): string | null =>
  commit ?? (experiment === 0 ? baseCommit : null);

const NEVER_RUN: readonly ExperimentRow['outcome'][] = [
  'cancelled',
  'duplicate',
  'no_change',
  'refused',
  'over_budget',
];

const hadWholeRun = ({ outcome, steering }: ExperimentRow): boolean =>
  !NEVER_RUN.includes(outcome) && (steering?.seen?.fidelity ?? 1) === 1;

/** The trial that a directive wants measured again, as the loop can run it; null where it has no files of its own. */
export const findAgain = (
  { replicate, fidelity = 1 }: Directive,
  rows: readonly ExperimentRow[],
  baseCommit: string,
): Again | null => {
  const row = rows.find(({ experiment }) => experiment === replicate?.id);
  const commit = row === undefined ? null : commitOf(row, baseCommit);
  if (replicate === undefined || row === undefined || commit === null) return null;
  const known = rows.some((one) => hadWholeRun(one) && commitOf(one, baseCommit) === commit);
  const before = row.steering?.again;
  const { moves = [], settings = {}, parent = null } = before ?? row.steering ?? {};
  return {
    // runs of what was measured again before are the first one's too
    id: before?.judged === false ? before.id : replicate.id,
    n: replicate.n,
    idea: before?.idea ?? row.idea,
    commit,
    tree: row.tree ?? '',
    base: row.base,
    parent,
    moves,
    settings,
    judged: fidelity === 1 && !known,
  };
};
