import type { Measurement } from '../../contract/measurement.js';
import { counted } from '../format.js';
import type { Direction } from '../score.js';
import type { RecordedExperiment, RecordedLoop } from './recorded.js';

/** Why a text is no results.tsv, and the line that shows it. */
export class NotResults extends Error {
  override readonly name = 'NotResults';
  constructor(
    message: string,
    readonly line: number,
  ) {
    super(message);
  }
}

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

/** How tables write that there is no value. */
const NO_VALUE = /^(nan|none|null|n\/a|-)?$/i;

const valueOf = (value: string, line: number): number | null => {
  if (NO_VALUE.test(value.trim())) return null;
  if (Number.isNaN(Number(value))) throw new NotResults(`"${value}" is not a value of the metric`, line);
  return Number(value);
};

const readLine = (text: string, line: number): Line => {
  const [commit = '', value = '', , status = '', ...description] = text.split('\t');
  const word = status.trim().toLowerCase();
  if (!['keep', 'discard', 'crash'].includes(word))
    throw new NotResults(`the status is "${status}", not keep, discard or crash`, line);
  const about = { line, commit: commit.trim(), description: description.join(' ') };
  return { ...about, value: valueOf(value, line), status: word };
};

const crashed = ({ status, value }: Line): boolean => status === 'crash' || value === null;

/** A row that says keep or discard and has no value can't be either. */
const notesOn = (rows: readonly Line[]): { notes?: string[] } => {
  const without = rows.filter(({ status, value }) => status !== 'crash' && value === null).length;
  return without === 0
    ? {}
    : { notes: [`${counted(without, 'row')} without a value of the metric: counted as crashed`] };
};

const measured = (row: Line, role: Measurement['role']): Measurement => {
  const failed = crashed(row) || !Number.isFinite(row.value);
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
  outcome: crashed(row) ? 'crash' : (row.status as 'keep' | 'discard'),
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

/**
 * The five columns of karpathy/autoresearch: commit, metric, memory_gb, status, description. The first row is the
 * baseline; another row of a commit that was there before is another run of it.
 */
export const fromResultsTsv = (text: string, name: string, direction: Direction): RecordedLoop => {
  const [header = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const columns = header.split('\t');
  if (columns.length < 5 || columns[3]?.trim() !== 'status')
    throw new NotResults('the columns are not commit, metric, memory_gb, status, description', 1);
  const rows = lines
    .map((line, at) => ({ line, at: at + 2 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, at }) => readLine(line, at));
  const [first] = rows;
  if (first === undefined || crashed(first))
    throw new NotResults('the first row must be the score of the unchanged artifact', 2);
  const again = rows.filter((row, at) => isRerun(row, rows.slice(0, at)));
  const own = rows.filter((row) => row !== first && !again.includes(row));
  const ofFirst = again.filter((row) => nameOf(row) === nameOf(first));
  return {
    name,
    metric: { name: columns[1]?.trim() ?? 'metric', direction },
    acceptance: null,
    guarded: false,
    baseline: [first, ...ofFirst].map((row, index) => ({ ...measured(row, 'baseline'), index })),
    experiments: own.map((row, at) => toExperiment(row, at + 1)),
    reruns: again
      .filter((row) => !ofFirst.includes(row))
      .map((row) => ({ ...measured(row, 'incumbent'), index: 1 })),
    ...notesOn(rows),
  };
};
