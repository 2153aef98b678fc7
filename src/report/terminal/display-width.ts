import { cleanText } from '../clean-text.js';

/** Columns that a text takes in a terminal: wide letters and pictures take two, combining marks none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const point of text) width += pointWidth(point);
  return width;
}

function pointWidth(point: string): number {
  if (/^[\p{Mn}\p{Me}\p{Cf}\ufe0f]$/u.test(point)) return 0;
  return /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u.test(
    point,
  )
    ? 2
    : 1;
}

/** Untrusted text on one line of at most `columns`, cut with an ellipsis. */
export function cut(text: string, columns: number): string {
  const line = cleanText(text.slice(0, 4000)).replace(/[\n\t]/g, ' ');
  if (displayWidth(line) <= columns) return line;
  let width = 0;
  let kept = '';
  for (const point of line) {
    const next = pointWidth(point);
    if (width + next > columns - 1) break;
    width += next;
    kept += point;
  }
  return columns <= 0 ? '' : `${kept.trimEnd()}…`;
}

/** Cut, and filled with spaces to exactly `columns`. */
export function fit(text: string, columns: number): string {
  const short = cut(text, columns);
  return short + ' '.repeat(Math.max(0, columns - displayWidth(short)));
}

/** The same, aligned to the right; for figures. */
export function fitRight(text: string, columns: number): string {
  const short = cut(text, columns);
  return ' '.repeat(Math.max(0, columns - displayWidth(short))) + short;
}
