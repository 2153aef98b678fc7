import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../contract/user-error.js';
import type { AblationReport } from '../../domain/ablation/ablation-report.js';
import { ablationMarkdown } from '../../report/ablation/ablation-markdown.js';
import { ablationSvg } from '../../report/ablation/ablation-svg.js';
import type { Settings } from '../../workers/settings.js';
import { writeWhole } from '../write-report.js';

/** Where the table goes: known to be writable before hours are spent on it. */
export const ablationFolder = async (
  { home }: Settings,
  id: string,
  asked: string | undefined,
): Promise<string> => {
  const folder = asked ?? path.join(home, 'reports', ...id.split('/'));
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    const said = error instanceof Error ? error.message : String(error);
    throw new UserError(`can't be written: ${said}`, folder, 'Choose another folder with --out.');
  });
  return folder;
};

/** Table, numbers and figure. */
export const writeAblation = async (
  report: AblationReport,
  folder: string,
  jsonFile: string | undefined,
): Promise<string[]> => {
  const json = `${JSON.stringify(report, null, 2)}\n`;
  const files: [string, string][] = [
    [path.join(folder, 'ablation.md'), ablationMarkdown(report)],
    [path.join(folder, 'ablation.json'), json],
    [path.join(folder, 'ablation.svg'), ablationSvg(report)],
    ...(jsonFile === undefined ? [] : [[jsonFile, json] satisfies [string, string]]),
  ];
  for (const [file, content] of files) await writeWhole(file, content);
  return files.map(([file]) => file);
};
