import { readTable, type TableRow } from './results-table.js';

/** One class's part of a table. */
export interface ResultsOfClass {
  /** undefined: the table doesn't say what its rows were measured on */
  device: string | undefined;
  /** whether its first row is the artifact that the table begins with: without it there is nothing to compare with */
  hasBaseline: boolean;
}

/** What the column is called, by this engine and by people. */
const COLUMN = /^device(_class)?$/i;

const columnIn = (header: readonly string[]): number => header.findIndex((name) => COLUMN.test(name.trim()));

/** The rows of one class, of those of a table that says it. */
export const rowsOfClass = (
  { header, rows }: { header: readonly string[]; rows: TableRow[] },
  device: string | undefined,
): TableRow[] => {
  const at = columnIn(header);
  return device === undefined ? rows : rows.filter(({ cells }) => (cells[at] ?? '').trim() === device);
};

/** The classes that the rows of a results.tsv say they are of; one part where they don't say. */
export const resultsByClass = (text: string, separator: '\t' | ','): ResultsOfClass[] => {
  const table = readTable(text, separator);
  const at = columnIn(table.header);
  if (at === -1) return [{ device: undefined, hasBaseline: true }];
  const commit = Math.max(
    0,
    table.header.findIndex((name) => name.trim() === 'commit'),
  );
  const first = table.rows[0]?.cells[commit];
  const classes = [...new Set(table.rows.map(({ cells }) => (cells[at] ?? '').trim()))];
  return classes.map((device) => ({
    device,
    hasBaseline: rowsOfClass(table, device)[0]?.cells[commit] === first,
  }));
};
