import path from 'node:path';
import { renderCurve } from '../../report/curve/render-curve.js';
import { defineCommand } from '../command.js';
import { settingsOf, withLedger } from '../engine.js';
import { EXIT } from '../exit-codes.js';
import { findRecord } from '../find-record.js';
import { reportFile } from '../places.js';
import { writePng } from '../png.js';
import { writeReport, writeWhole } from '../write-report.js';

export const report = defineCommand({
  name: 'report',
  description: 'Write the report page of a loop (one HTML file, works offline), or its curve as SVG or PNG',
  args: {
    loop: { type: 'positional', required: false, description: 'id of the loop; default: the latest' },
    output: {
      type: 'string',
      alias: 'o',
      description: 'the page; default: in the home folder',
      valueHint: 'file',
    },
    svg: { type: 'string', description: 'write the curve as SVG', valueHint: 'file' },
    png: { type: 'string', description: 'write the curve as PNG', valueHint: 'file' },
  },
  examples: [
    ['autolift report', 'the page of the latest loop'],
    ['autolift report sine/nov21 -o sine.html', 'of a certain one'],
    ['autolift report --svg curve.svg --png curve.png', 'the curve alone'],
  ],
  run: async ({ loop, output, svg, png }, terminal) => {
    const settings = settingsOf(terminal);
    const record = await withLedger(settings, async (ledger) => findRecord(ledger, loop));
    const at = (file: string): string => path.resolve(terminal.cwd, file);
    const written: string[] = [];
    if (svg !== undefined) {
      await writeWhole(at(svg), renderCurve({ record, theme: 'auto' }));
      written.push(at(svg));
    }
    if (png !== undefined) {
      await writePng(renderCurve({ record }), at(png));
      written.push(at(png));
    }
    if (output !== undefined || written.length === 0) {
      const file = output === undefined ? reportFile(settings, record.loop.loop) : at(output);
      written.push(await writeReport(settings, record, file));
    }
    for (const file of written) terminal.out(`wrote ${file}`);
    return EXIT.ok;
  },
});
