import path from 'node:path';
import type { LoopRecord } from '../../contract/ledger.js';
import { toCsv } from '../../report/export/to-csv.js';
import { toJson } from '../../report/export/to-json.js';
import { toResultsTsv } from '../../report/export/to-results-tsv.js';
import { UserError } from '../../contract/user-error.js';
import { defineCommand } from '../command.js';
import { settingsOf, withLedger } from '../engine.js';
import { EXIT } from '../exit-codes.js';
import { findRecord } from '../find-record.js';
import { didYouMean } from '../nearest.js';
import { writeWhole } from '../write-report.js';

const FORMATS: Record<string, (record: LoopRecord) => string> = {
  tsv: toResultsTsv,
  csv: toCsv,
  json: toJson,
};

export const exportLedger = defineCommand({
  name: 'export',
  description: 'Write the experiments of a loop: results.tsv of five columns, CSV with everything, or JSON',
  args: {
    loop: { type: 'positional', required: false, description: 'id of the loop; default: the latest' },
    format: { type: 'string', default: 'tsv', description: 'tsv, csv or json', valueHint: 'format' },
    output: { type: 'string', alias: 'o', description: 'file; default: the terminal', valueHint: 'file' },
  },
  examples: [
    ['autolift export > results.tsv', 'commit, metric, memory_gb, status, description'],
    ['autolift export sine/nov21 --format csv -o sine.csv', 'every column'],
    ['autolift export --format json', 'the whole record, with measurements and events'],
  ],
  run: async ({ loop, format, output }, terminal) => {
    const render = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
    if (render === undefined)
      throw new UserError(
        `"${format}" is not a format${didYouMean(format, Object.keys(FORMATS))}`,
        '--format',
        'Choose tsv, csv or json.',
      );
    const text = render(await withLedger(settingsOf(terminal), async (ledger) => findRecord(ledger, loop)));
    if (output === undefined) terminal.out(text.replace(/\n$/, ''));
    else {
      const file = path.resolve(terminal.cwd, output);
      await writeWhole(file, text);
      terminal.err(`wrote ${file}`);
    }
    return EXIT.ok;
  },
});
