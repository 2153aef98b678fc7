import { escapeText } from '../escape.js';
import { FAMILIES } from '../family.js';
import { counted, formatValue } from '../../domain/format.js';
import type { CurveSeries } from './curve-series.js';
import { drawAxes } from './draw-axes.js';
import { drawBest } from './draw-best.js';
import { drawNotes } from './draw-notes.js';
import { drawPoints } from './draw-points.js';
import { curveFrame } from './frame.js';
import { px } from './marks.js';

export interface CurveSize {
  width: number;
  height: number;
  /** hover titles at the points, and the ideas of the largest gains */
  titles: boolean;
  /** goes first inside: a style, a background */
  before?: string;
  /** empty space around it, part of the size */
  margin?: number;
}

/** The curve as one `<svg>` element that takes its colours from the style around it. */
export function curveSvg(series: CurveSeries, size: CurveSize): string {
  const { width, height, titles, before = '', margin = 0 } = size;
  const frame = curveFrame(series, width - 2 * margin, height - 2 * margin);
  const box = `${px(-margin)} ${px(-margin)} ${px(width)} ${px(height)}`;
  const bare = drawPoints(series, { frame, titles, families: FAMILIES.filter((each) => each !== 'kept') });
  const kept = drawPoints(series, { frame, titles, families: ['kept'] });
  const notes = titles ? drawNotes(series, frame) : '';
  const empty = series.points.length === 0 ? emptyNote(frame.left, frame.bottom - 24) : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" class="curve" width="${px(width)}" height="${px(height)}" viewBox="${box}" role="img" aria-label="${escapeText(describe(series))}">${before}${drawAxes(series, frame)}${bare}${drawBest(series, frame)}${kept}${notes}${empty}</svg>`;
}

const emptyNote = (x: number, y: number): string =>
  `<text class="name" x="${px(x + 16)}" y="${px(y)}">No experiment has finished yet.</text>`;

/** The picture in words, for who can't see it. */
function describe({ name, better, points, best, baseline }: CurveSeries): string {
  const last = best.at(-1);
  const from = baseline === null ? 'no baseline' : `baseline ${formatValue(baseline)}`;
  const to =
    last === undefined
      ? 'no score yet'
      : `incumbent ${formatValue(last.value)} from experiment ${String(last.experiment)}`;
  return `Progress of ${name} over ${counted(points.length, 'experiment')}, ${better} is better: ${from}, ${to}.`;
}
