import { NotResults } from './not-results.js';
import type { ResultsTable } from './results-table.js';

/** How tables write that there is no value, or none that is a score. */
export const NO_VALUE = /^(nan|none|null|n\/a|-|[+-]?inf(inity)?)?$/i;

/** Where a table has what a replay needs. */
export interface Columns {
  commit: number;
  metric: number;
  status: number;
  description: number | null;
}

const listed = (header: readonly string[]): string => header.map((name) => `"${name}"`).join(', ');

const missing = (name: string, header: readonly string[]): NotResults =>
  new NotResults(`it has no column "${name}", only ${listed(header)}`, 1);

const indexIn = (header: readonly string[], name: string): number | null => {
  const found = header.findIndex((one) => one.toLowerCase() === name.toLowerCase());
  return found === -1 ? null : found;
};

/** By their names; the commit may have another one where it stands first. */
export const findColumns = (header: readonly string[], asked: string | undefined): Columns => {
  const status = indexIn(header, 'status');
  if (status === null) throw missing('status', header);
  const description = indexIn(header, 'description');
  const commit = indexIn(header, 'commit') ?? (status >= 2 ? 0 : null);
  if (commit === null) throw missing('commit', header);
  const metric = asked === undefined ? commit + 1 : indexIn(header, asked);
  if (metric === null) throw missing(asked ?? '', header);
  if (metric >= header.length || [status, description, commit].includes(metric))
    throw new NotResults(`no metric stands after the commit: its columns are ${listed(header)}`, 1);
  return { commit, metric, status, description };
};

const isNumber = (cell: string): boolean => NO_VALUE.test(cell) || !Number.isNaN(Number(cell));

/** Columns that might as well be the metric; the memory of a run is none. */
export const otherNumbers = ({ header, rows }: ResultsTable, columns: Columns): string[] => {
  const used: (number | null)[] = Object.values(columns);
  return header.filter((name, at) => {
    const cells = rows.map((row) => (row.cells[at] ?? '').trim());
    return (
      !used.includes(at) &&
      !/^(peak_)?(memory|vram)/i.test(name) &&
      cells.some((cell) => cell !== '') &&
      cells.every(isNumber)
    );
  });
};
