import type { Range } from './literal.js';

const NUMBER = '[-+]?(?:\\d[\\d_]*\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?';
const RANGE = new RegExp(`\\brange\\s*[:=]\\s*\\[?\\s*(${NUMBER})\\s*(?:\\.\\.|to\\b|,)\\s*(${NUMBER})`, 'i');
const CHOICES = /\b(?:choices|choose from|one of|options)\s*[:=]\s*(.+)$/i;

/** `range: 0.1..0.9` in a comment. A lone `1.` before the dots is read as 1. */
export const rangeIn = (comment: string): Range | null => {
  const match = RANGE.exec(comment.replace(/(\d)\.\.\.?(?=[-+.\d])/, '$1 .. '));
  if (match === null) return null;
  const [low, high] = [match[1], match[2]].map((text) => Number((text ?? '').replaceAll('_', '')));
  if (low === undefined || high === undefined || !Number.isFinite(low) || !(low < high)) return null;
  return { low, high };
};

/** `choices: a | b | c`, or with commas, in a comment; each without its quotes. Fewer than two are none. */
export const choicesIn = (comment: string): string[] | null => {
  const match = CHOICES.exec(comment);
  if (match?.[1] === undefined) return null;
  const list = match[1]
    .replace(/\s*\*\/\s*$/, '')
    .replace(/(\S)\s+\([^()]*\)\s*$/, '$1')
    .trim();
  const items = list
    .replace(/^[[({]|[\])}]$/g, '')
    .split(list.includes('|') ? '|' : ',')
    .map((item) => item.trim().replace(/^(["'`])(.*)\1$/, '$2'))
    .filter((item) => /^[\w.+/:@-]{1,64}$/.test(item));
  return items.length < 2 ? null : [...new Set(items)];
};
