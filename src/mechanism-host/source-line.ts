import type { SourceLine } from '../contract/mechanism-run.js';
import { SOURCE_NAME } from './prelude.js';

const MOST_EXCERPT = 120;

/** A line of a source, counted from 1. */
export const lineAt = (source: string, line: number, column?: number): SourceLine => ({
  line,
  ...(column !== undefined && { column }),
  excerpt: (source.split('\n')[line - 1] ?? '').trim().slice(0, MOST_EXCERPT),
});

/** The innermost line of the mechanism in an error's stack trace; null where it has none. */
export const lineOfStack = (source: string, stack: string): SourceLine | null => {
  const [, line, column] = new RegExp(`${SOURCE_NAME}:(\\d+)(?::(\\d+))?`).exec(stack) ?? [];
  return line === undefined
    ? null
    : lineAt(source, Number(line), column === undefined ? undefined : Number(column));
};
