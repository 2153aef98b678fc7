import type { SourceLine } from './source-lines.js';

const DIRECTIVE =
  /^\s*(?:(?:import|from|use|using|package|include|require|extern)[\s("'<]|#\s*(?!define\b)[a-z]+\b|@import\b)/;
const EXACT = /([A-Za-z_][\w.-]*)["']?\s*(?::\s*[\w.[\], |<>]+?\s*)?(?:=|:=|:)\s*$/;
const DEFINE = /#\s*define\s+(\w+)\s+$/;
const LOOSE = /([A-Za-z_][\w.]*)["']?\s*(?::=|[:=](?!=))/g;
/** Trying other seeds until one looks good is noise taken for progress; a version is a fact. */
const FACT = /(?:^|[_.-])(?:seed|version|random_?state)_*$/i;
const CAMEL_FACT = /[a-z](?:Seed|Version|RandomState)$/;

const REACH = 200;

/** The part of a line before an offset, no more than can matter: a minified file is one line of megabytes. */
export const before = (text: string, line: SourceLine, at: number): string =>
  at - line.start <= REACH ? text.slice(line.start, at) : `\u0000${text.slice(at - REACH, at)}`;

const looseName = (left: string): string | undefined => [...left.matchAll(LOOSE)].at(-1)?.[1];

/** The name of the value at an offset, and whether it is the whole of what the name stands for. */
export const nameBefore = (text: string, line: SourceLine, at: number): { name: string; exact: boolean } => {
  const left = before(text, line, at);
  const exact = EXACT.exec(left)?.[1] ?? DEFINE.exec(left)?.[1];
  if (exact !== undefined) return { name: exact, exact: true };
  const loose = looseName(left);
  const place = `line ${String(line.number)}`;
  return { name: loose === undefined ? place : `${loose} (${place})`, exact: false };
};

/** Import lines, preprocessor conditions, versions, seeds and endless loops: nothing there is a knob. */
export const isStructure = (text: string, line: SourceLine, at: number): boolean => {
  const left = before(text, line, at);
  if (DIRECTIVE.test(text.slice(line.start, Math.min(line.end, line.start + REACH)))) return true;
  if (/\bwhile\s*\(?\s*$/.test(left) || /seed\w*\(\s*$/i.test(left)) return true;
  const name = EXACT.exec(left)?.[1] ?? looseName(left) ?? '';
  return FACT.test(name) || CAMEL_FACT.test(name);
};

const KEY = /^\s*(?:- +)*(?:export +)?[\w."'/ -]*?(?::\s+|\s*[?+:]?=\s*)$|^\s*(?:- +)+$/;

/** Whether a span is all that stands behind a key or between brackets, in a language of keys and values. */
export const isWholeValue = (
  text: string,
  line: SourceLine,
  span: { start: number; end: number; after: string; inside: boolean },
): boolean => {
  const left = before(text, line, span.start);
  const after = span.after.trim();
  if (span.inside && /(?:[[,{]|:\s)\s*$|^\s*$/.test(left)) return /^(?:[\],}]|$)/.test(after);
  return after === '' && KEY.test(left);
};
