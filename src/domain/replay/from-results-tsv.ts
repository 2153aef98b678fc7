import type { Measurement } from '../../contract/measurement.js';
import { counted } from '../format.js';
import type { Direction } from '../score.js';
import { NotResults } from './not-results.js';
import type { RecordedExperiment, RecordedLoop } from './recorded.js';
import { findColumns, NO_VALUE, otherNumbers, type Columns } from './results-columns.js';
import { rowsOfClass } from './results-by-class.js';
import { readTable, type TableRow } from './results-table.js';

interface Line {
  line: number;
  commit: string;
  /** null: the run gave none */
  value: number | null;
  status: string;
  description: string;
}

/** What marks a row as another run of a commit, where its description isn't simply the same. */
const AGAIN = /\b(re-?run|repeat|again|confirm|replicat|baseline)/i;

/** Infinities are no scores either: they are how a run that diverged is written down. */
const valueOf = (value: string, line: number): number | null => {
  if (NO_VALUE.test(value.trim())) return null;
  if (Number.isNaN(Number(value))) throw new NotResults(`"${value}" is not a value of the metric`, line);
  return Number.isFinite(Number(value)) ? Number(value) : null;
};

const readLine = ({ cells, line }: TableRow, at: Columns): Line => {
  const cell = (column: number | null): string => (column === null ? '' : (cells[column] ?? ''));
  const status = cell(at.status);
  const word = status.trim().toLowerCase();
  if (!['keep', 'discard', 'crash'].includes(word))
    throw new NotResults(`the status is "${status}", not keep, discard or crash`, line);
  return {
    line,
    commit: cell(at.commit).trim(),
    description: cell(at.description),
    value: valueOf(cell(at.metric), line),
    status: word,
  };
};

const crashed = ({ status, value }: Line): boolean => status === 'crash' || value === null;

/** A row that says keep or discard and has no value can't be either. */
const withoutValue = (rows: readonly Line[]): string[] => {
  const without = rows.filter(({ status, value }) => status !== 'crash' && value === null).length;
  return without === 0
    ? []
    : [`${counted(without, 'row')} without a value of the metric: counted as crashed`];
};

/** Nobody was asked which of several columns of numbers is the metric. */
const takenMetric = (metric: string, others: readonly string[]): string[] =>
  others.length === 0
    ? []
    : [
        `the column "${metric}" was taken as the metric; ${others.map((one) => `"${one}"`).join(', ')} ` +
          `${others.length === 1 ? 'holds' : 'hold'} numbers too: --metric names another`,
      ];

const measured = (row: Line, role: Measurement['role']): Measurement => {
  const failed = crashed(row);
  return {
    role,
    index: 0,
    commit: nameOf(row),
    seed: 0,
    status: failed ? 'crash' : 'ok',
    value: failed ? null : row.value,
    origin: 'reported',
    deviceClass: '',
    deviceSeconds: 0,
    detail: failed ? 'recorded as a crash' : '',
  };
};

/** Rows without a commit of their own are still artifacts of their own. */
const nameOf = ({ commit, line }: Line): string =>
  commit === '' || /^0+$/.test(commit) ? `line ${String(line)}` : commit;

/** A row that isn't kept and says 0 was never scored: that is how the format writes "none". */
const neverScored = ({ status, value }: Line): boolean => status === 'discard' && value === 0;

const toExperiment = (row: Line, experiment: number): RecordedExperiment => ({
  experiment,
  idea: row.description,
  // what was kept without a value was kept all the same: a replay is to show it
  outcome: row.status === 'keep' ? 'keep' : crashed(row) ? 'crash' : 'discard',
  reason: '',
  commit: neverScored(row) ? null : nameOf(row),
  against: null,
  standing: null,
  value: crashed(row) ? null : row.value,
  measurements: neverScored(row) ? [] : [measured(row, 'candidate')],
});

const isRerun = (row: Line, earlier: readonly Line[]): boolean => {
  const same = earlier.find((one) => nameOf(one) === nameOf(row));
  return same !== undefined && (same.description === row.description || AGAIN.test(row.description));
};

export interface TableAbout {
  name: string;
  direction: Direction;
  /** its column; undefined: the one after the commit */
  metric?: string | undefined;
  separator?: '\t' | ',';
  /** only the rows that were measured on it; undefined: all */
  device?: string | undefined;
}

/**
 * The columns of karpathy/autoresearch: commit, metric, memory_gb, status, description, and whatever stands between
 * them. The first row is the baseline; another row of a commit that was there before is another run of it.
 */
export const fromResultsTsv = (text: string, about: TableAbout): RecordedLoop => {
  const { name, direction, metric, separator = '\t', device } = about;
  const whole = readTable(text, separator);
  const table = { ...whole, rows: rowsOfClass(whole, device) };
  const columns = findColumns(table.header, metric);
  const rows = table.rows.map((row) => readLine(row, columns));
  const [first] = rows;
  if (first === undefined || crashed(first))
    throw new NotResults('the first row must be the score of the unchanged artifact', 2);
  const again = rows.filter((row, at) => isRerun(row, rows.slice(0, at)));
  const own = rows.filter((row) => row !== first && !again.includes(row));
  const ofFirst = again.filter((row) => nameOf(row) === nameOf(first));
  const taken = table.header[columns.metric] ?? 'metric';
  const notes = [
    ...(metric === undefined ? takenMetric(taken, otherNumbers(table, columns)) : []),
    ...withoutValue(rows),
  ];
  return {
    name,
    metric: { name: taken, direction },
    acceptance: null,
    guarded: false,
    baseline: [first, ...ofFirst].map((row, index) => ({ ...measured(row, 'baseline'), index })),
    experiments: own.map((row, at) => toExperiment(row, at + 1)),
    // no two rows of a table are a pair
    reruns: again
      .filter((row) => !ofFirst.includes(row))
      .map((row, at) => ({ ...measured(row, 'incumbent'), index: at + 1 })),
    ...(notes.length === 0 ? {} : { notes }),
  };
};
