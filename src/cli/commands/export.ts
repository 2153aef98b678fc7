import path from 'node:path';
import type { LoopRecord } from '../../contract/ledger.js';
import { toCsv } from '../../report/export/to-csv.js';
import { toJson } from '../../report/export/to-json.js';
import { toResultsTsv } from '../../report/export/to-results-tsv.js';
import { defineCommand } from '../command.js';
import { settingsOf, withLedger } from '../engine.js';
import { EXIT } from '../exit-codes.js';
import { exportFormat, type ExportFormat } from '../export-format.js';
import { findRecord } from '../find-record.js';
import { writeWhole } from '../write-report.js';

const RENDERERS: Record<ExportFormat, (record: LoopRecord) => string> = {
  tsv: toResultsTsv,
  csv: toCsv,
  json: toJson,
};

export const exportLedger = defineCommand({
  name: 'export',
  description: 'Write the experiments of a loop: results.tsv of five columns, CSV with everything, or JSON',
  args: {
    loop: { type: 'positional', required: false, description: 'id of the loop; default: the latest' },
    format: {
      type: 'string',
      description: "tsv, csv or json; default: by the file's ending, else tsv",
      valueHint: 'format',
    },
    json: { type: 'boolean', description: 'the same as --format json' },
    output: { type: 'string', alias: 'o', description: 'file; default: the terminal', valueHint: 'file' },
  },
  examples: [
    ['autolift export > results.tsv', 'commit, metric, memory_gb, status, description'],
    ['autolift export sine/nov21 -o sine.csv', 'every column'],
    ['autolift export --format json', 'the whole record, with measurements and events'],
  ],
  run: async ({ loop, format, json, output }, terminal) => {
    const render = RENDERERS[exportFormat({ format, json, output })];
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
