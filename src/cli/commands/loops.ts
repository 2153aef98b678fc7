import { formatValue } from '../../domain/format.js';
import { parentOf } from '../../domain/research/child-names.js';
import { defineCommand } from '../command.js';
import { settingsOf, withEngine } from '../engine.js';
import { EXIT } from '../exit-codes.js';
import { runningLoops } from '../find-loop.js';
import { JSON_FLAG } from '../json-flag.js';

const HEADER = ['LOOP', '', 'STARTED', 'EXPERIMENTS', 'KEPT', 'BEST'];

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = HEADER.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

export const loops = defineCommand({
  name: 'loops',
  description: 'List the loops, newest first',
  args: {
    json: JSON_FLAG,
    all: { type: 'boolean', description: 'also those that a loop above has started' },
  },
  examples: [
    ['autolift loops', 'every loop of this ledger'],
    ['autolift loops --all', 'with the loops below those of levels R1 to R4'],
    ['autolift loops --json', 'for a program'],
  ],
  run: async ({ json, all: everything }, terminal) =>
    withEngine(settingsOf(terminal), async ({ client, ledger }) => {
      const running = new Set(await runningLoops(client));
      const listed = (await ledger.loops()).toReversed();
      const found = everything === true ? listed : listed.filter(({ loop }) => parentOf(loop) === null);
      const all = found.map((summary) => ({ ...summary, running: running.has(summary.loop) }));
      if (json) terminal.out(JSON.stringify(all, null, 2));
      else if (all.length === 0) terminal.out('There is no loop yet: `autolift run <folder>` starts one.');
      else
        terminal.out(
          table([
            HEADER,
            ...all.map(({ loop, running: runs, openedAt, experiments, kept, best, metric, epoch }) => [
              loop,
              runs ? 'running' : 'ended',
              new Date(openedAt).toLocaleString('sv-SE').slice(0, 16),
              String(experiments),
              String(kept),
              best === null
                ? '–'
                : `${metric.name} ${formatValue(best)}${epoch === 1 ? '' : ` (epoch ${String(epoch)})`}`,
            ]),
          ]),
        );
      return EXIT.ok;
    }),
});
