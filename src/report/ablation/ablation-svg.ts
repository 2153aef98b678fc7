import type { AblationReport } from '../../domain/ablation/ablation-report.js';
import { differences, tableOf } from '../../domain/ablation/differences.js';
import { FONT } from '../curve/curve-style.js';
import { px } from '../curve/marks.js';
import { LIGHT } from '../curve/palette.js';
import { niceStep } from '../curve/value-scale.js';
import { escapeText } from '../escape.js';
import { intervalText, signed } from './numbers.js';

const WIDTH = 760;
const ROW = 46;
const PLOT = { left: 56, right: 520, top: 54 };

interface Row {
  /** an arm that is compared with A, or both arms of a contrast */
  label: string;
  mean: number;
  interval: { low: number; high: number } | null;
  d: number[];
}

const hasBase = ({ arms }: AblationReport): boolean => arms.some(({ arm }) => arm === 'A');

/** Without A there is no common base: the contrasts that were asked for. */
const rowsOf = (report: AblationReport): Row[] => {
  if (!hasBase(report))
    return report.contrasts
      .filter(({ n }) => n > 0)
      .map(({ lifted, base, ...row }) => ({ label: `${lifted} − ${base}`, ...row }));
  const table = tableOf(report.cells);
  const tasks = report.tasks.map((_, task) => task);
  return report.arms.flatMap(({ arm, againstA }) => {
    if (againstA === null) return [];
    const { d } = differences(table, { lifted: arm, base: 'A' }, { tasks, n: report.n });
    return [{ label: arm, mean: againstA.mean, interval: againstA.interval, d }];
  });
};

const STYLE = `
.ablation text{font-family:${FONT};font-size:12px;fill:${LIGHT.muted};font-variant-numeric:tabular-nums}
.ablation .head{font-size:14px;font-weight:650;fill:${LIGHT.text}}
.ablation .arm{font-size:14px;font-weight:650;fill:${LIGHT.text}}
.ablation .grid{stroke:${LIGHT.grid}}
.ablation .zero{stroke:${LIGHT.muted};stroke-dasharray:5 4}
.ablation .range{stroke:${LIGHT.accent};stroke-width:2.5;stroke-linecap:round}
.ablation .mean{fill:${LIGHT.accent};stroke:${LIGHT.card};stroke-width:1.5}
.ablation .pair{fill:${LIGHT.grey};fill-opacity:.45}`;

const extent = (rows: readonly Row[]): { low: number; high: number } => {
  const all = rows.flatMap(({ interval, d, mean }) => [
    ...d,
    mean,
    ...(interval === null ? [] : [interval.low, interval.high]),
  ]);
  const [low, high] = [Math.min(0, ...all), Math.max(0, ...all)];
  const margin = (high - low) * 0.06 || 0.1;
  return { low: low - margin, high: high + margin };
};

const grid = (
  { low, high }: { low: number; high: number },
  x: (value: number) => number,
  bottom: number,
): string => {
  const step = niceStep((high - low) / 6);
  const ticks: string[] = [];
  for (let at = Math.ceil(low / step); at * step <= high; at++) {
    const value = at * step;
    const label = value.toFixed(Math.max(0, -Math.floor(Math.log10(step) + 1e-9))).replace('-', '−');
    ticks.push(
      `<path class="${at === 0 ? 'zero' : 'grid'}" d="M${px(x(value))} ${px(PLOT.top - 8)}V${px(bottom)}"/>`,
      `<text x="${px(x(value))}" y="${px(bottom + 16)}" text-anchor="middle">${label}</text>`,
    );
  }
  return ticks.join('');
};

const drawRow = ({ label, mean, interval, d }: Row, y: number, x: (value: number) => number): string => {
  const pairs = d
    .map((one) => `<circle class="pair" cx="${px(x(one))}" cy="${px(y + 11)}" r="2.5"/>`)
    .join('');
  const range =
    interval === null
      ? ''
      : `<path class="range" d="M${px(x(interval.low))} ${px(y)}H${px(x(interval.high))}"/>`;
  const words = `${signed(mean)} ${intervalText({ interval })}`;
  return `<text class="arm" x="16" y="${px(y + 5)}">${escapeText(label)}</text>${pairs}${range}<circle class="mean" cx="${px(x(mean))}" cy="${px(y)}" r="5"/><text x="${px(PLOT.right + 20)}" y="${px(y + 4)}">${words}</text>`;
};

/** Paired differences of every arm against A, or of the contrasts where A was not run: the mean, its interval, the pairs. */
export const ablationSvg = (report: AblationReport): string => {
  const rows = rowsOf(report);
  const { low, high } = extent(rows);
  const x = (value: number): number => PLOT.left + ((value - low) / (high - low)) * (PLOT.right - PLOT.left);
  const bottom = PLOT.top + Math.max(1, rows.length) * ROW;
  const names = report.tasks.map(({ task }) => task).join(', ');
  const head = `Difference in u${hasBase(report) ? ' against A' : ''} on ${names}`;
  const empty = `<text x="${px(PLOT.left)}" y="${px(PLOT.top + 20)}">No pair has ended.</text>`;
  const drawn = rows.map((row, index) => drawRow(row, PLOT.top + index * ROW + 14, x)).join('');
  const said = rows.map(
    ({ label, mean, interval }) => `${label} ${signed(mean)} ${intervalText({ interval })}`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" class="ablation" width="${String(WIDTH)}" height="${px(bottom + 32)}" viewBox="0 0 ${String(WIDTH)} ${px(bottom + 32)}" role="img" aria-label="${escapeText(`${head}: ${said.join('; ')}`)}"><style>${STYLE}</style><rect width="100%" height="100%" rx="10" fill="${LIGHT.card}"/><text class="head" x="16" y="24">${escapeText(head)}</text><text x="${px(PLOT.right + 20)}" y="24">mean [95 %], a dot a repeat</text>${rows.length === 0 ? empty : grid({ low, high }, x, bottom)}${drawn}</svg>\n`;
};
