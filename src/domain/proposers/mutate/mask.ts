import type { Syntax } from './syntax.js';

export const CODE = 0;
export const STRING = 1;
export const COMMENT = 2;

const lineEnd = (text: string, from: number): number => {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at;
};

const closeAfter = (text: string, from: number, close: string): number => {
  const at = text.indexOf(close, from);
  return at === -1 ? text.length : at + close.length;
};

/** End of the string that opens at `at`; an unclosed one ends with its line. Null: no string begins here. */
const stringEnd = (text: string, at: number, opener: Syntax['strings'][number]): number | null => {
  const { quote } = opener;
  if (opener.char === true) {
    const match = /^'(?:\\[^\n']+|\\'|[^\\'\n])'/.exec(text.slice(at, at + 12));
    return match === null ? null : at + match[0].length;
  }
  if (opener.atValue === true && !/(?:^|[\s:,[{(=!-])$/.test(text.slice(Math.max(0, at - 1), at)))
    return null;
  const limit = opener.multiline === true ? text.length : lineEnd(text, at);
  for (let next = at + quote.length; next < limit; next++) {
    if (text[next] === '\\' && opener.raw !== true) next++;
    else if (text.startsWith(quote, next)) return next + quote.length;
  }
  return limit;
};

const commentEnd = (text: string, at: number, syntax: Syntax): number | null => {
  const block = syntax.blocks?.find(([open]) => text.startsWith(open, at));
  if (block !== undefined) return closeAfter(text, at + block[0].length, block[1]);
  if (!syntax.comments.some((opener) => text.startsWith(opener, at))) return null;
  if (syntax.spacedComments === true && at > 0 && !/\s/.test(text[at - 1] ?? '')) return null;
  return lineEnd(text, at);
};

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** Where the text block ends that a YAML line with a trailing | or > opens; null if it opens none. */
const blockScalarEnd = (text: string, lineStart: number, end: number): number | null => {
  const line = text.slice(lineStart, end);
  if (!/(?:^|[:\s-])[|>][+-]?\d?[+-]?\s*(?:#.*)?$/.test(line) || !/[:-]\s*\S*\s*[|>]/.test(line)) return null;
  let at = end + 1;
  while (at < text.length) {
    const next = lineEnd(text, at);
    const inner = text.slice(at, next);
    if (inner.trim() !== '' && indentOf(inner) <= indentOf(line)) break;
    at = next + 1;
  }
  return Math.min(at, text.length);
};

/** Every character's class: code, string (delimiters included) or comment. */
export const maskOf = (text: string, syntax: Syntax): Uint8Array => {
  const mask = new Uint8Array(text.length);
  const openers = new Set(
    [...syntax.comments, ...(syntax.blocks ?? []).map(([open]) => open)].map((opener) => opener[0]),
  );
  const quotes = new Set(syntax.strings.map(({ quote }) => quote[0]));
  let at = text.startsWith('#!') ? lineEnd(text, 0) : 0;
  mask.fill(COMMENT, 0, at);
  let lineStart = 0;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '\n') {
      const end = syntax.blockScalars === true ? blockScalarEnd(text, lineStart, at) : null;
      if (end !== null) mask.fill(STRING, at + 1, end);
      at = end ?? at + 1;
      lineStart = at;
      continue;
    }
    const comment = openers.has(char) ? commentEnd(text, at, syntax) : null;
    if (comment !== null) {
      mask.fill(COMMENT, at, comment);
      at = comment;
      continue;
    }
    const opener = quotes.has(char)
      ? syntax.strings.find(({ quote }) => text.startsWith(quote, at))
      : undefined;
    const end = opener === undefined ? null : stringEnd(text, at, opener);
    if (end !== null) mask.fill(STRING, at, end);
    at = end ?? at + 1;
  }
  return mask;
};
