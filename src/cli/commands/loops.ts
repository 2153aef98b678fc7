import { formatValue } from '../../domain/format.js';
import { readStandings } from '../../domain/loop/read-standings.js';
import { parentOf } from '../../domain/research/child-names.js';
import { revertsOf } from '../../contract/reverts.js';
import { phaseOf } from '../../report/loop-phase.js';
import type { Ledger } from '../../storage/ledger/index.js';
import { defineCommand } from '../command.js';
import { settingsOf, withEngine } from '../engine.js';
import { EXIT } from '../exit-codes.js';
import { runningLoops } from '../find-loop.js';
import { JSON_FLAG } from '../json-flag.js';
import { phaseNow } from '../phase-now.js';

const HEADER = ['LOOP', '', 'STARTED', 'EXPERIMENTS', 'KEPT', 'INCUMBENT', 'BASELINE'];

/** The scores that each loop believes, as `status` and `report` show them. */
const scoresOf = async (ledger: Pick<Ledger, 'standingRows'>) =>
  new Map(
    (await ledger.standingRows()).map(({ loop, rule, rows, reverted }) => {
      const { incumbent, baseline } = readStandings({ rule, rows, reverts: revertsOf(reverted) });
      return [loop, { incumbent, baseline }] as const;
    }),
  );

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
    withEngine(settingsOf(terminal), async (engine) => {
      const { client, ledger } = engine;
      const running = new Set(await runningLoops(client));
      const listed = (await ledger.loops()).toReversed();
      const found = everything === true ? listed : listed.filter(({ loop }) => parentOf(loop) === null);
      const scores = await scoresOf(ledger);
      const phases = await Promise.all(
        found.map(async ({ loop, saidLast, unmeasured }) =>
          phaseNow(engine, loop, phaseOf(saidLast, unmeasured)),
        ),
      );
      const all = found.map((summary, index) => ({
        ...summary,
        ...(scores.get(summary.loop) ?? { incumbent: null, baseline: null }),
        running: running.has(summary.loop),
        phase: phases[index] ?? 'running',
      }));
      if (json) terminal.out(JSON.stringify(all, null, 2));
      else if (all.length === 0) terminal.out('There is no loop yet: `autolift run <folder>` starts one.');
      else
        terminal.out(
          table([
            HEADER,
            ...all.map(({ loop, phase, openedAt, experiments, kept, incumbent, baseline, metric, epoch }) => [
              loop,
              phase,
              new Date(openedAt).toLocaleString('sv-SE').slice(0, 16),
              String(experiments),
              String(kept),
              incumbent === null
                ? '–'
                : `${metric.name} ${formatValue(incumbent.value)}${epoch === 1 ? '' : ` (epoch ${String(epoch)})`}`,
              baseline === null ? '–' : formatValue(baseline.value),
            ]),
          ]),
        );
      return EXIT.ok;
    }),
});
