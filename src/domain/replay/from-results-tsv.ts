import type { Measurement } from '../../contract/measurement.js';
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
  value: number;
  status: string;
  description: string;
}

/** What marks a row as another run of a commit, where its description isn't simply the same. */
const AGAIN = /\b(re-?run|repeat|again|confirm|replicat|baseline)/i;

const readLine = (text: string, line: number): Line => {
  const [commit = '', value = '', , status = '', ...description] = text.split('\t');
  const word = status.trim().toLowerCase();
  if (!['keep', 'discard', 'crash'].includes(word))
    throw new NotResults(`the status is "${status}", not keep, discard or crash`, line);
  const number = Number(value);
  if (value.trim() === '' || Number.isNaN(number))
    throw new NotResults(`"${value}" is not a value of the metric`, line);
  return { line, commit: commit.trim(), value: number, status: word, description: description.join(' ') };
};

const measured = (row: Line, role: Measurement['role']): Measurement => {
  const failed = row.status === 'crash' || !Number.isFinite(row.value);
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
  outcome: row.status as 'keep' | 'discard' | 'crash',
  reason: '',
  commit: neverScored(row) ? null : nameOf(row),
  against: null,
  standing: null,
  value: row.status === 'crash' ? null : row.value,
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
  if (first === undefined || first.status === 'crash')
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
  };
};
