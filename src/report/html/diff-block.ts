import { counted } from '../../domain/format.js';
import { escapeText } from '../escape.js';

const LINE = 400;

/** Characters that make code read otherwise than it runs: written out. */
const REORDERING = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

const showCode = (mark: string): string =>
  `⟨U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`;

/** A unified diff with its added and removed lines marked up; `limit` characters at most, else a note. */
export function diffBlock(diff: string, limit: number): string {
  const lines: string[] = [];
  const all = diff.replace(/\n$/, '').split('\n');
  let size = 0;
  for (const line of all) {
    const safe = markLine(line.length > LINE ? `${line.slice(0, LINE)} …` : line);
    size += safe.length + 1;
    if (size > limit) {
      lines.push(
        `<i>… ${counted(all.length - lines.length, 'more line')} left out to keep this page small</i>`,
      );
      break;
    }
    lines.push(safe);
  }
  return `<pre class="diff" tabindex="0" aria-label="diff">${lines.join('\n')}</pre>`;
}

function markLine(line: string): string {
  const safe = escapeText(line.replace(REORDERING, showCode));
  if (/^(\+\+\+|---|diff --git |index |new file|deleted file|similarity|rename )/.test(line))
    return `<b>${safe}</b>`;
  if (line.startsWith('@@')) return `<b>${safe}</b>`;
  if (line.startsWith('+')) return `<ins>${safe}</ins>`;
  if (line.startsWith('-')) return `<del>${safe}</del>`;
  return safe;
}

/** `+3 −1`: lines added and removed. */
export function diffStat(diff: string): string {
  const lines = diff.split('\n');
  const added = lines.filter((line) => line.startsWith('+') && !line.startsWith('+++')).length;
  const removed = lines.filter((line) => line.startsWith('-') && !line.startsWith('---')).length;
  return `+${String(added)} −${String(removed)}`;
}
