import { escapeText } from '../escape.js';
import { FAMILIES, FAMILY_TEXT } from '../family.js';
import type { CurveSeries } from './curve-series.js';
import type { Frame } from './frame.js';
import { px, shapePath } from './marks.js';
import { niceStep } from './value-scale.js';

/** Grid, tick labels, lanes, axis names and the legend. */
export function drawAxes(series: CurveSeries, frame: Frame): string {
  return [
    grid(frame),
    lanes(frame),
    numbers(series, frame),
    names(series, frame),
    legend(series, frame),
  ].join('');
}

function grid({ scale, left, right, y }: Frame): string {
  return scale.ticks
    .map(({ value, label }) => {
      const at = px(y(value));
      return `<path class="grid" d="M${px(left)} ${at}H${px(right)}"/><text class="tick" x="${px(left - 8)}" y="${at}" dy="4" text-anchor="end">${label}</text>`;
    })
    .join('');
}

function lanes({ lanes: rows, left, right }: Frame): string {
  return rows
    .map(
      ({ family, y }) =>
        `<path class="lane" d="M${px(left)} ${px(y)}H${px(right)}"/><text class="tick" x="${px(left - 8)}" y="${px(y)}" dy="4" text-anchor="end">${FAMILY_TEXT[family]}</text>`,
    )
    .join('');
}

function numbers({ lastX }: CurveSeries, frame: Frame): string {
  const step = Math.max(1, niceStep(lastX / Math.max(3, frame.width / 110)));
  const y = px(frame.height - 46);
  const ticks: string[] = [];
  for (let n = 0; n <= lastX; n += step) {
    ticks.push(`<text class="tick" x="${px(frame.x(n))}" y="${y}" text-anchor="middle">${String(n)}</text>`);
  }
  return ticks.join('');
}

function names({ name, better }: CurveSeries, frame: Frame): string {
  const arrow = { lower: '↓', higher: '↑' }[better];
  const log = frame.scale.log ? ' · log scale' : '';
  return `<text class="name" x="4" y="20"><tspan class="metric">${escapeText(name)}</tspan><tspan dx="8">${arrow} ${better} is better${log}</tspan></text><text class="tick" x="${px(frame.right)}" y="${px(frame.height - 28)}" text-anchor="end">experiment →</text>`;
}

/** Only of what the picture holds. */
function legend(series: CurveSeries, frame: Frame): string {
  const present = new Set(series.points.map(({ family }) => family));
  const y = frame.height - 10;
  let x = 6;
  const items: string[] = [];
  const add = (drawing: (x: number) => string, text: string) => {
    if (x + 22 + text.length * 6.4 > frame.width) return;
    items.push(`${drawing(x)}<text class="tick" x="${px(x + 20)}" y="${px(y)}" dy="4">${text}</text>`);
    x += 36 + text.length * 6.4;
  };
  for (const family of FAMILIES.filter((each) => present.has(each))) {
    add(
      (at) => `<path class="m ${family}" d="${shapePath(family, { x: at + 8, y, r: 4 })}"/>`,
      FAMILY_TEXT[family],
    );
  }
  if (series.best.length > 0) add((at) => `<path class="best" d="M${px(at)} ${px(y)}h16"/>`, 'incumbent');
  if ((series.sigma ?? 0) > 0)
    add((at) => `<path class="band" d="M${px(at)} ${px(y - 5)}h16v10h-16z"/>`, '± σ of a run');
  return `<g class="legend">${items.join('')}</g>`;
}
