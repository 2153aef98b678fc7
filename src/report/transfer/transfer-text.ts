import type { OnClass, Transferred, TransferReport } from '../../domain/transfer/transfer-report.js';
import { counted, formatDuration, formatSpread, formatValue } from '../../domain/format.js';
import { cleanLine } from '../clean-text.js';
import { cut, displayWidth, fit } from '../terminal/display-width.js';
import { CLASS_WORDS, gainWords, pairsWords, verdictWords } from './words.js';

/** Ideas are cut so that the verdict behind them is still seen. */
const IDEA = 60;
const NARROWEST = 60;

const cellsOf = (one: OnClass, what = ''): string[] => [
  `     ${one.device}`,
  CLASS_WORDS[one.verdict],
  gainWords(one),
  pairsWords(one),
  what,
];

interface Told {
  title: string;
  of: Transferred;
  leftOut: readonly OnClass[];
}

const rowsOf = ({ of, leftOut }: Told): string[][] => [
  ...of.classes.map((one) => cellsOf(one)),
  ...leftOut.map((one) => cellsOf(one, 'what stands beside itself without it')),
];

const lines = (told: readonly Told[], columns: number): string[] => {
  const all = told.flatMap(rowsOf);
  const widths = (all[0] ?? []).map((_, at) => Math.max(...all.map((row) => displayWidth(row[at] ?? ''))));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) => fit(cell, widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  return told.flatMap((one) =>
    [`${one.title}: ${verdictWords(one.of)}`, ...rowsOf(one).map(line)].map((text) => cut(text, columns)),
  );
};

const classLines = ({ classes }: TransferReport): string[] =>
  classes.map(({ device, runs, failed, deviceSeconds, baseline }) => {
    const stands =
      baseline === null
        ? 'the unchanged artifact never ran there'
        : `unchanged ${formatValue(baseline.value)}, noise ${formatSpread(baseline.sigma)} over ${counted(baseline.n, 'run')}`;
    const lost = failed === 0 ? '' : `, ${String(failed)} of them failed`;
    return `  ${device}: ${stands}; ${counted(runs, 'run')}${lost}, ${formatDuration(deviceSeconds)} of device time`;
  });

/** What a loop has kept, on other classes, for a terminal. */
export const transferText = (report: TransferReport, columns: number): string => {
  const { loop, from, metric, whole, changes } = report;
  const told: Told[] = [
    { title: `all ${counted(whole.changes, 'kept change')}`, of: whole, leftOut: [] },
    ...changes.map((one) => ({
      title: `#${String(one.experiment)} ${cut(cleanLine(one.idea), IDEA)}`,
      of: one,
      leftOut: one.leftOut,
    })),
  ];
  return [
    `${loop}: what was kept on ${from}, measured elsewhere (${metric.name}, ${metric.direction})`,
    ...classLines(report),
    '',
    ...lines(told, Math.max(columns, NARROWEST)),
    '',
    `"here" is ${from}. Each class has its own baseline, noise and verdicts: no score of one is compared with another's.`,
  ].join('\n');
};
