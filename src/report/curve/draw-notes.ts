import { escapeText } from '../escape.js';
import type { CurveSeries, Step } from './curve-series.js';
import type { Frame } from './frame.js';
import { px } from './marks.js';

const NOTES = 6;
const LETTERS = 34;
const LETTER = 6.1;

interface Box {
  left: number;
  right: number;
  y: number;
}

/**
 * The ideas of the largest gains, written on the better side of the line, where no point can be; only as many as
 * do not touch each other.
 */
export function drawNotes(series: CurveSeries, frame: Frame): string {
  const side = { lower: 1, higher: -1 }[series.better];
  const placed: Box[] = [];
  const notes: string[] = [];
  for (const step of largestGains(series, frame)) {
    const text = short(step.idea);
    const right = frame.x(step.x) - 7;
    const box = { right, left: right - text.length * LETTER, y: frame.y(step.value) + side * 15 };
    const outside = box.left < frame.left || box.y > frame.bottom - 4 || box.y < frame.top + 4;
    if (text === '' || outside || placed.some((other) => touch(box, other))) continue;
    placed.push(box);
    notes.push(
      `<text class="note" x="${px(right)}" y="${px(box.y)}" dy="4" text-anchor="end">${escapeText(text)}</text>`,
    );
    if (notes.length === NOTES) break;
  }
  return notes.join('');
}

function largestGains({ best }: CurveSeries, frame: Frame): Step[] {
  const steps = best.map((step, index) => ({ step, before: best[index - 1] }));
  return steps
    .flatMap(({ step, before }) =>
      before === undefined ? [] : [{ step, height: Math.abs(frame.y(step.value) - frame.y(before.value)) }],
    )
    .filter(({ height }) => height >= 6)
    .sort((a, b) => b.height - a.height)
    .map(({ step }) => step);
}

const touch = (a: Box, b: Box): boolean =>
  a.left < b.right + 8 && b.left < a.right + 8 && Math.abs(a.y - b.y) < 15;

const short = (idea: string): string => {
  const points = Array.from(idea);
  return points.length <= LETTERS
    ? idea
    : `${points
        .slice(0, LETTERS - 1)
        .join('')
        .trimEnd()}…`;
};
