import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { NoiseResult } from '../../contract/noise.js';
import { noiseResultSchema } from '../../contract/noise-schema.js';
import { UserError } from '../../contract/user-error.js';
import type { NoiseReport } from '../../domain/noise/noise-report.js';
import type { Settings } from '../../workers/settings.js';
import { checkNumbers } from '../check-numbers.js';
import { writeWhole } from '../write-report.js';

/** Beside the reports: a study belongs to no loop, and the user's folder is not touched. */
const fileOf = ({ home }: Settings, task: string): string => path.join(home, 'reports', task, 'noise.json');

export const saveStudy = async (settings: Settings, report: NoiseReport): Promise<string> => {
  const file = fileOf(settings, report.task);
  await writeWhole(file, `${JSON.stringify(report, null, 2)}\n`);
  return file;
};

/** The runs of a saved study of this task. */
export const readStudy = async (file: string, task: string): Promise<NoiseResult> => {
  const fix = 'Measure anew with `autolift noise`, without --from.';
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UserError(
      `can't be read: ${error instanceof Error ? error.message : String(error)}`,
      file,
      fix,
    );
  });
  let saved: Partial<NoiseReport> | null = null;
  try {
    saved = JSON.parse(text) as Partial<NoiseReport> | null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const { result } = saved ?? {};
  if (result === undefined || !Array.isArray(result.runs) || result.runs.length === 0)
    throw new UserError('this is no saved noise study', file, fix);
  if (saved?.task !== task)
    throw new UserError(`it is a study of ${String(saved?.task)}, not of ${task}`, file, fix);
  checkNumbers(result.runs, { file, at: 'result.runs', fix });
  const [wrong] = noiseResultSchema.safeParse(result).error?.issues ?? [];
  if (wrong !== undefined)
    throw new UserError(
      `this is no saved noise study: ${wrong.message}`,
      `${file}: result.${wrong.path.join('.')}`,
      fix,
    );
  return result;
};
