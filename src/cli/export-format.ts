import path from 'node:path';
import { UserError } from '../contract/user-error.js';
import { didYouMean } from '../contract/nearest.js';

const FORMATS = ['tsv', 'csv', 'json'] as const;

export type ExportFormat = (typeof FORMATS)[number];

const known = (name: string | undefined): ExportFormat | undefined =>
  FORMATS.find((format) => format === name);

/** The format that is asked for, by name or by the ending of the file's name; five columns where nothing is. */
export const exportFormat = (asked: {
  format: string | undefined;
  json: boolean | undefined;
  output: string | undefined;
}): ExportFormat => {
  if (asked.format === undefined) {
    if (asked.json) return 'json';
    return (
      known(
        path
          .extname(asked.output ?? '')
          .slice(1)
          .toLowerCase(),
      ) ?? 'tsv'
    );
  }
  const format = known(asked.format);
  if (format !== undefined) return format;
  throw new UserError(
    `"${asked.format}" is not a format${didYouMean(asked.format, FORMATS)}`,
    '--format',
    'Choose tsv, csv or json.',
  );
};
