import { NotResults } from './not-results.js';

export interface TableRow {
  cells: string[];
  /** where it begins in the file, from 1 */
  line: number;
}

export interface ResultsTable {
  header: string[];
  rows: TableRow[];
}

const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

/** Cells in quotes may hold commas, line ends and doubled quotes. */
const csvRows = (text: string): TableRow[] => {
  const rows: TableRow[] = [];
  let row: TableRow = { cells: [], line: 1 };
  let line = 1;
  for (let at = 0; at < text.length; at = CELL.lastIndex) {
    CELL.lastIndex = at;
    const match = CELL.exec(text);
    if (match === null) throw new NotResults('a quote that is not closed, or text beside one', line);
    row.cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    line += match[0].split('\n').length - 1;
    if (match[3] === ',') continue;
    rows.push(row);
    row = { cells: [], line };
  }
  return row.cells.length === 0 ? rows : [...rows, row];
};

/** Tabs have no quotes: what is left over belongs to the last column, as descriptions hold anything. */
const tsvRows = (text: string): TableRow[] => {
  const lines = text.split(/\r?\n/).map((line) => line.split('\t'));
  const width = lines[0]?.length ?? 1;
  return lines.map((cells, at) => ({
    cells: cells.length <= width ? cells : [...cells.slice(0, width - 1), cells.slice(width - 1).join(' ')],
    line: at + 1,
  }));
};

/** A header and its rows; empty lines are none. */
export const readTable = (text: string, separator: '\t' | ','): ResultsTable => {
  const plain = text.replace(/^\uFEFF/, '');
  const [header, ...rows] = separator === ',' ? csvRows(plain) : tsvRows(plain);
  return {
    header: (header?.cells ?? []).map((name) => name.trim()),
    rows: rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')),
  };
};
