import type { SourceLine } from './source-lines.js';

const DIRECTIVE =
  /^\s*(?:(?:import|from|use|using|package|include|require|extern)[\s("'<]|#\s*(?!define\b)[a-z]+\b|@import\b)/;
const EXACT = /([A-Za-z_][\w.-]*)["']?\s*(?::\s*[\w.[\], |<>]+?\s*)?(?:=|:=|:)\s*$/;
const DEFINE = /#\s*define\s+(\w+)\s+$/;
const LOOSE = /([A-Za-z_][\w.]*)["']?\s*(?::=|[:=](?!=))(?!.*[A-Za-z_][\w.]*["']?\s*(?::=|[:=](?!=)))/;
/** Trying other seeds until one looks good is noise taken for progress; a version is a fact. */
const FACT = /(?:^|[_.-]|[a-z](?=[A-Z]))(?:seed|version|random_?state)_*$/i;

/** The name of the value at an offset, and whether it is the whole of what the name stands for. */
export const nameBefore = (text: string, line: SourceLine, at: number): { name: string; exact: boolean } => {
  const before = text.slice(line.start, at);
  const exact = EXACT.exec(before)?.[1] ?? DEFINE.exec(before)?.[1];
  if (exact !== undefined) return { name: exact, exact: true };
  const loose = LOOSE.exec(before)?.[1];
  const place = `line ${String(line.number)}`;
  return { name: loose === undefined ? place : `${loose} (${place})`, exact: false };
};

/** Import lines, preprocessor conditions, versions, seeds and endless loops: nothing there is a knob. */
export const isStructure = (text: string, line: SourceLine, at: number): boolean => {
  const before = text.slice(line.start, at);
  if (DIRECTIVE.test(text.slice(line.start, line.end))) return true;
  if (/\bwhile\s*\(?\s*$/.test(before) || /seed\w*\(\s*$/i.test(before)) return true;
  const name = EXACT.exec(before)?.[1] ?? LOOSE.exec(before)?.[1] ?? '';
  return FACT.test(name);
};

const KEY = /^\s*(?:- +)*(?:export +)?[\w."'/ -]*?(?::\s+|\s*[?+:]?=\s*)$|^\s*(?:- +)+$/;

/** Whether a span is all that stands behind a key or between brackets, in a language of keys and values. */
export const isWholeValue = (
  text: string,
  line: SourceLine,
  span: { start: number; end: number; after: string; inside: boolean },
): boolean => {
  const before = text.slice(line.start, span.start);
  const after = span.after.trim();
  if (span.inside && /(?:[[,{]|:\s)\s*$|^\s*$/.test(before)) return /^(?:[\],}]|$)/.test(after);
  return after === '' && KEY.test(before);
};
