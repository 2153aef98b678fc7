import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { LoopRecord } from '../../contract/ledger.js';
import { UserError } from '../../contract/user-error.js';
import { fromRecord } from '../../domain/replay/from-record.js';
import { fromResultsTsv, NotResults } from '../../domain/replay/from-results-tsv.js';
import type { RecordedLoop } from '../../domain/replay/recorded.js';
import { settingsOf, withLedger } from '../engine.js';
import { findRecord } from '../find-record.js';
import type { Terminal } from '../terminal.js';
import { defaultAcceptance } from './acceptance-flags.js';

/** Options that an older record doesn't name have the values that they had by default. */
const complete = (record: LoopRecord): RecordedLoop => {
  const loop = fromRecord(record);
  return { ...loop, acceptance: { ...defaultAcceptance(), ...loop.acceptance } };
};

const isRecord = (value: unknown): value is LoopRecord => {
  const { loop, experiments } = (value ?? {}) as Partial<LoopRecord>;
  return loop?.input.task.measure.metric !== undefined && Array.isArray(experiments);
};

const readExport = (text: string, file: string): RecordedLoop => {
  let value: unknown;
  try {
    value = JSON.parse(text);
    if (isRecord(value)) return complete(value);
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
  }
  throw new UserError(
    'this is no record of a loop',
    file,
    'Write one with `autolift export <loop> --format json -o file`.',
  );
};

const readTsv = (text: string, file: string, direction: string | undefined): RecordedLoop => {
  if (direction !== 'minimize' && direction !== 'maximize')
    throw new UserError(
      direction === undefined
        ? 'a results.tsv does not say which values are better'
        : `"${direction}" is not a direction`,
      '--direction',
      'Say --direction minimize or --direction maximize.',
    );
  try {
    return fromResultsTsv(text, path.basename(file), direction);
  } catch (error) {
    if (!(error instanceof NotResults)) throw error;
    const fix = 'Its columns are commit, the metric, memory_gb, status and description, with tabs between.';
    throw new UserError(error.message, `${file}:${String(error.line)}`, fix);
  }
};

/** What is to be replayed: a file by its ending, else a loop of the ledger. */
export const readRecorded = async (
  terminal: Terminal,
  { source, direction }: { source: string | undefined; direction: string | undefined },
): Promise<RecordedLoop> => {
  const ending = source === undefined ? '' : path.extname(source);
  if (source === undefined || !['.tsv', '.json'].includes(ending))
    return complete(await withLedger(settingsOf(terminal), async (ledger) => findRecord(ledger, source)));
  const file = path.resolve(terminal.cwd, source);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UserError(
      `can't be read: ${error instanceof Error ? error.message : String(error)}`,
      file,
      'Name a results.tsv, an export as JSON, or a loop.',
    );
  });
  return ending === '.tsv' ? readTsv(text, file, direction) : readExport(text, file);
};
