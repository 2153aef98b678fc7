import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { LoopRecord } from '../../contract/ledger.js';
import { UserError } from '../../contract/user-error.js';
import { fromRecordByClass } from '../../domain/replay/from-record.js';
import { fromResultsTsv, type TableAbout } from '../../domain/replay/from-results-tsv.js';
import { NotResults } from '../../domain/replay/not-results.js';
import type { RecordedLoop } from '../../domain/replay/recorded.js';
import { resultsByClass } from '../../domain/replay/results-by-class.js';
import { settingsOf, withLedger } from '../engine.js';
import { checkNumbers } from '../check-numbers.js';
import { findRecord } from '../find-record.js';
import type { Terminal } from '../terminal.js';
import { defaultAcceptance } from './acceptance-flags.js';

/** Options that an older record doesn't name have the values that they had by default. */
const complete = (record: LoopRecord): RecordedLoop[] =>
  fromRecordByClass(record).map((loop) => ({
    ...loop,
    acceptance: { ...defaultAcceptance(), ...loop.acceptance },
  }));

const isRecord = (value: unknown): value is LoopRecord => {
  const { loop, experiments } = (value ?? {}) as Partial<LoopRecord>;
  return loop?.input.task.measure.metric !== undefined && Array.isArray(experiments);
};

const EXPORT = 'Write one with `autolift export <loop> --format json -o file`.';

/** Scores of runs, of pairs and of what they were compared with; all else of a row is words. */
const checkScores = ({ experiments, ...record }: LoopRecord, file: string): void => {
  experiments.forEach((row, at) => {
    const scores = { value: row.value, measurements: row.measurements, evidence: row.verdict?.evidence };
    checkNumbers(scores, { file, at: `experiments[${String(at)}]`, fix: EXPORT });
  });
  if ('reruns' in record) checkNumbers(record.reruns, { file, at: 'reruns', fix: EXPORT });
};

const readExport = (text: string, file: string): RecordedLoop[] => {
  let value: unknown;
  try {
    value = JSON.parse(text);
    if (isRecord(value)) {
      checkScores(value, file);
      return complete(value);
    }
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
  }
  throw new UserError('this is no record of a loop', file, EXPORT);
};

const SEPARATORS: Partial<Record<string, '\t' | ','>> = { '.tsv': '\t', '.csv': ',' };

interface Source {
  source: string | undefined;
  direction: string | undefined;
  metric: string | undefined;
}

/** Without a run of the unchanged artifact on a class there is nothing that its rows can be compared with. */
const readByClass = (text: string, about: TableAbout): RecordedLoop[] => {
  const parts = resultsByClass(text, about.separator ?? '\t');
  if (parts.length < 2) return [fromResultsTsv(text, about)];
  const named = parts.map((part) => ({ ...part, said: part.device || 'no class' }));
  const told = `the table is of several device classes (${named.map(({ said }) => said).join(', ')}): each is replayed by itself`;
  const lost = named.flatMap(({ hasBaseline, said }) =>
    hasBaseline ? [] : [`no run of the unchanged artifact on ${said}: nothing can be said of it`],
  );
  return named.flatMap(({ hasBaseline, said, device }) => {
    if (!hasBaseline) return [];
    const loop = fromResultsTsv(text, { ...about, name: `${about.name} on ${said}`, device });
    return [{ ...loop, notes: [told, ...lost, ...(loop.notes ?? [])] }];
  });
};

const readTable = (text: string, file: string, { direction, metric }: Source): RecordedLoop[] => {
  if (direction !== 'minimize' && direction !== 'maximize')
    throw new UserError(
      direction === undefined
        ? 'a table does not say which values are better'
        : `"${direction}" is not a direction`,
      '--direction',
      'Say --direction minimize or --direction maximize.',
    );
  const separator = SEPARATORS[path.extname(file)] ?? '\t';
  try {
    return readByClass(text, { name: path.basename(file), direction, metric, separator });
  } catch (error) {
    if (!(error instanceof NotResults)) throw error;
    const between = separator === ',' ? 'commas' : 'tabs';
    const fix =
      `Its columns are commit, the metric, memory_gb, status and description, with ${between} between; ` +
      `--metric names another column. A loop of autolift is exported with --format json.`;
    throw new UserError(error.message, `${file}:${String(error.line)}`, fix);
  }
};

/** A loop says itself what it measured and which values are better: told rather than left unread. */
const refuseTableFlags = ({ direction, metric }: Source): void => {
  const flag = direction !== undefined ? '--direction' : metric !== undefined ? '--metric' : null;
  if (flag === null) return;
  throw new UserError('only a table needs this: a recorded loop says it itself', flag, `Leave ${flag} out.`);
};

const isFile = async (file: string): Promise<boolean> =>
  await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );

/** What is to be replayed, class by class: a file by its ending, else a loop of the ledger. */
export const readRecorded = async (terminal: Terminal, asked: Source): Promise<RecordedLoop[]> => {
  const { source } = asked;
  const file = path.resolve(terminal.cwd, source ?? '');
  const ending = source === undefined ? '' : path.extname(source);
  if (source === undefined || !['.tsv', '.csv', '.json'].includes(ending)) {
    if (source !== undefined && (await isFile(file)))
      throw new UserError(
        'this file ends in neither .tsv, .csv nor .json, which say how it is to be read',
        file,
        'Rename it: tabs between the columns are .tsv, commas .csv; an export is .json.',
      );
    refuseTableFlags(asked);
    return complete(await withLedger(settingsOf(terminal), async (ledger) => findRecord(ledger, source)));
  }
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UserError(
      `can't be read: ${error instanceof Error ? error.message : String(error)}`,
      file,
      'Name a results.tsv, the same as .csv, an export as .json, or a loop.',
    );
  });
  if (ending !== '.json') return readTable(text, file, asked);
  refuseTableFlags(asked);
  return readExport(text, file);
};
