import type { ExperimentRow } from '../../contract/ledger.js';
import type { Outcome } from '../../contract/outcome.js';
import { counted, formatValue } from '../format.js';
import { moveKey } from '../mechanism/move-key.js';
import { oneLine } from '../proposers/prompt/untrusted.js';

type Row = Pick<ExperimentRow, 'experiment' | 'outcome' | 'value' | 'idea' | 'steering'>;

export interface ChildTrace {
  /** `<task>.<repeat>` */
  name: string;
  /** how far it got */
  u: number;
  /** its verdicts in their order, the baseline first */
  rows: readonly Row[];
}

const SHOWN = 24;
const MOST_REPEATED = 3;

/** That a change wasn't kept may be known; that the holdout said so may not. */
const shownOutcome = (outcome: Outcome): Outcome => (outcome === 'unconfirmed' ? 'discard' : outcome);

const isKept = ({ outcome }: Row): boolean => outcome === 'keep' || outcome === 'provisional';

/** The longest run of verdicts without a keep, and the one that the loop ended in. */
export const stuckStreaks = (rows: readonly Row[]): { longest: number; last: number } => {
  let [longest, last] = [0, 0];
  for (const row of rows) {
    last = isKept(row) ? 0 : last + 1;
    longest = Math.max(longest, last);
  }
  return { longest, last };
};

const changeOf = ({ steering, idea }: Row): string => {
  const moves = steering?.moves.map(moveKey).join(' ') ?? '';
  return oneLine(moves === '' ? idea : moves, 80);
};

const repeated = (rows: readonly Row[]): string => {
  const times = new Map<string, number>();
  for (const row of rows) times.set(changeOf(row), (times.get(changeOf(row)) ?? 0) + 1);
  const often = [...times].filter(([change, n]) => n > 1 && change !== '').sort(([, a], [, b]) => b - a);
  return often
    .slice(0, MOST_REPEATED)
    .map(([change, n]) => `${change} ×${String(n)}`)
    .join(', ');
};

/** A child loop in a few lines: how often it kept, where it was stuck, what it repeated, and its last verdicts. */
export const childTrace = ({ name, u, rows }: ChildTrace): string => {
  const tried = rows.filter(({ experiment }) => experiment > 0);
  const keeps = tried.filter(isKept).map(({ experiment }) => `#${String(experiment)}`);
  const { longest, last } = stuckStreaks(tried);
  const often = repeated(tried);
  return [
    `${name}: u ${u.toFixed(3)}; ${counted(tried.length, 'verdict')}, keeps ${keeps.length === 0 ? 'none' : keeps.join(' ')}; ` +
      `longest streak without a keep ${String(longest)}, at the end ${String(last)}${often === '' ? '' : `; repeated ${often}`}`,
    ...tried
      .slice(-SHOWN)
      .map(
        (row) =>
          `  #${String(row.experiment)} ${shownOutcome(row.outcome)} ${formatValue(row.value)} ${changeOf(row)}`,
      ),
  ].join('\n');
};
