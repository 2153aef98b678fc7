import { choicesIn, rangeIn } from './annotations.js';
import { bracketsOf } from './brackets.js';
import type { Brackets } from './brackets.js';
import { before, isStructure, isWholeValue, nameBefore } from './context.js';
import type { Literal, LiteralKind } from './literal.js';
import { CODE, COMMENT, maskOf, STRING } from './mask.js';
import { sourceLines } from './source-lines.js';
import type { SourceLine } from './source-lines.js';
import { syntaxOf } from './syntax.js';
import type { Syntax } from './syntax.js';

const NUMBER =
  /(?<![\w$#@\\]|(?<!\.)\.|\d')(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*(?:\.(?!\.)[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?)(?:[fFlLn]|[uU][lL]{0,2}|[lL]{2}|_?[iuf](?:8|16|32|64|128|size))?(?!\w|\.(?!\.)|'\d)/g;
const WORD = /(?<![\w.$-])[A-Za-z_][\w-]*/g;
const UNARY = /(?:^|[=([{,:<>?&|!*/%^~]|\breturn)\s*$/;
const SIGNABLE = /(?:^|[=([{,:])\s*$/;

interface File {
  path: string;
  text: string;
  syntax: Syntax;
  mask: Uint8Array;
  brackets: Brackets;
}

interface Span {
  start: number;
  end: number;
}

const add = (file: File, line: SourceLine, found: { span: Span; kind: LiteralKind }): Literal => {
  const { span, kind } = found;
  const { name, exact } = nameBefore(file.text, line, span.start);
  const annotated = kind.type === 'choice' || (kind.type === 'number' && kind.range !== null);
  return {
    path: file.path,
    ...span,
    text: file.text.slice(span.start, span.end),
    name,
    line: line.number,
    weight: annotated ? 4 : exact ? 3 : 1,
    kind,
  };
};

/** The part of a line behind an offset without its comment. */
const codeAfter = (file: File, line: SourceLine, from: number): string => {
  let text = '';
  const end = Math.min(line.end, from + 200);
  for (let at = from; at < end && file.mask[at] !== COMMENT; at++) text += file.text[at] ?? '';
  return text;
};

const isKnob = (file: File, line: SourceLine, span: Span): boolean => {
  if (file.brackets.subscript[span.start] === 1 || isStructure(file.text, line, span.start)) return false;
  if (file.syntax.values !== true) return true;
  const inside = file.brackets.inside[span.start] === 1;
  return isWholeValue(file.text, line, { ...span, after: codeAfter(file, line, span.end), inside });
};

const matches = function* (file: File, line: SourceLine, pattern: RegExp): Generator<Span> {
  for (const match of file.text.slice(line.start, line.end).matchAll(pattern)) {
    const start = line.start + match.index;
    if (file.mask[start] === CODE) yield { start, end: start + match[0].length };
  }
};

const numbers = function* (file: File, line: SourceLine): Generator<Literal> {
  const range = rangeIn(line.comment);
  for (const digits of matches(file, line, NUMBER)) {
    const left = before(file.text, line, digits.start);
    const minus = left.endsWith('-') && UNARY.test(left.slice(0, -1));
    const span = { start: digits.start - (minus ? 1 : 0), end: digits.end };
    const signed = SIGNABLE.test(before(file.text, line, span.start));
    if (/^-?0[\d_]/.test(file.text.slice(span.start, span.end)) || !isKnob(file, line, span)) continue;
    yield add(file, line, { span, kind: { type: 'number', signed, range } });
  }
};

const booleans = function* (file: File, line: SourceLine): Generator<Literal> {
  for (const span of matches(file, line, WORD)) {
    const word = file.text.slice(span.start, span.end);
    const pair = file.syntax.booleans.find((both) => both.includes(word));
    if (pair === undefined || !isKnob(file, line, span)) continue;
    const other = pair[0] === word ? pair[1] : pair[0];
    yield add(file, line, { span, kind: { type: 'boolean', other } });
  }
};

const strings = function* (file: File, line: SourceLine): Generator<Span> {
  for (let start = line.start; start < line.end; start++) {
    if (file.mask[start] !== STRING || !/["'`]/.test(file.text[start] ?? '')) continue;
    let end = start + 1;
    while (end < line.end && file.mask[end] === STRING) end++;
    if (end - start > 1 && file.text[end - 1] === file.text[start]) yield { start, end };
    start = end;
  }
};

const choices = function* (file: File, line: SourceLine): Generator<Literal> {
  const declared = choicesIn(line.comment);
  if (declared === null) return;
  const seen = [...strings(file, line), ...matches(file, line, NUMBER), ...matches(file, line, WORD)];
  for (const span of seen) {
    const text = file.text.slice(span.start, span.end);
    const quote = /^["'`]/.exec(text)?.[0] ?? '';
    const value = quote === '' ? text : text.slice(1, -1);
    if (
      !declared.includes(value) ||
      /^\s*[:=]/.test(file.text.slice(span.end, Math.min(line.end, span.end + 40)))
    )
      continue;
    yield add(file, line, { span, kind: { type: 'choice', choices: declared, quote } });
  }
};

/** Everything in a file that `mutate` may change, in order. Comments, strings and structure are never among it. */
export const scan = (path: string, text: string): Literal[] => {
  const syntax = syntaxOf(path);
  if (syntax === null) return [];
  const mask = maskOf(text, syntax);
  const file: File = { path, text, syntax, mask, brackets: bracketsOf(text, mask) };
  const found: Literal[] = [];
  for (const line of sourceLines(text, mask)) {
    const chosen = [...choices(file, line)];
    const others = [...numbers(file, line), ...booleans(file, line)].filter(
      (one) => !chosen.some((choice) => one.start < choice.end && choice.start < one.end),
    );
    found.push(...[...chosen, ...others].sort((a, b) => a.start - b.start));
  }
  return found;
};
