import type { Answer, Block } from './block.js';
import { cleanPath } from './clean-path.js';

const HEADING = '^\\s*(?:#{1,6}\\s*|\\*\\*\\s*|[-*]\\s+)?';
const FILE = new RegExp(`${HEADING}(?:NEW )?(?:FILE|PATH)\\s*:\\s*(.+?)\\s*$`, 'i');
const DELETE = new RegExp(`${HEADING}DELETE(?: FILE)?\\s*:\\s*(.+?)\\s*$`, 'i');
const IDEA = /^\s*(?:#{1,6}\s*|[*_>\s]*)IDEA\s*[*_]*\s*:\s*[*_]*\s*(.*?)[*_\s]*$/i;
const FENCE = /^\s*(`{3,}|~{3,})\s*([\w+.-]*)\s*$/;
const SEARCH = /^\s*<{5,9}\s*(?:SEARCH|ORIGINAL|HEAD)?\s*$/i;
const DIVIDER = /^\s*={5,9}\s*$/;
const REPLACE = /^\s*>{5,9}\s*(?:REPLACE|UPDATED)?\s*$/i;

interface Reader {
  readonly lines: readonly string[];
  readonly known: ReadonlySet<string>;
  at: number;
  /** path of the file that the next block concerns */
  path: string | null;
  /** inside a fence that is only decoration around blocks */
  decorated: boolean;
}

/** Lines up to one that matches; null, and nothing consumed, if none does. */
const until = (reader: Reader, end: RegExp): string[] | null => {
  const next = reader.lines.findIndex((line, index) => index >= reader.at && end.test(line));
  if (next === -1) return null;
  const taken = reader.lines.slice(reader.at, next);
  reader.at = next + 1;
  return taken;
};

/** A file's name alone on the line above a SEARCH block, as others' formats have it. */
const nameAbove = ({ lines, known, at }: Reader): string | null => {
  const line = lines.slice(0, at - 1).findLast((one) => one.trim() !== '' && !FENCE.test(one)) ?? '';
  const name = cleanPath(line.replace(/^\s*(?:#{1,6}\s|[-*]\s)/, ''), known);
  return known.has(name) ? name : null;
};

const readPair = (reader: Reader): Block | string => {
  const { at, known } = reader;
  reader.path = nameAbove(reader) ?? reader.path ?? (known.size === 1 ? ([...known][0] ?? null) : null);
  const { path } = reader;
  const where = path === null ? 'A SEARCH block' : `A SEARCH block of ${path}`;
  const search = until(reader, DIVIDER);
  if (search === null || search.some((line) => SEARCH.test(line) || REPLACE.test(line))) {
    reader.at = at;
    return `${where} has no ======= line.`;
  }
  const replace = until(reader, REPLACE);
  if (replace === null) return `${where} has no >>>>>>> REPLACE line; was the answer cut off?`;
  if (path === null) return 'A SEARCH block has no FILE: line above it.';
  return { kind: 'replace', path, search: search.join('\n'), replace: replace.join('\n') };
};

const isBlockLine = (line: string): boolean => [SEARCH, FILE, DELETE, IDEA].some((one) => one.test(line));

/** Content up to the closing fence; in prose, which has fences of its own, up to the last one before another block. */
const readContent = (reader: Reader, fence: string): string[] | null => {
  const closing = new RegExp(`^${fence[0] ?? ''}{${String(fence.length)},}\\s*$`);
  if (!/\.(?:md|rst|txt)$/i.test(reader.path ?? '')) return until(reader, closing);
  let end = -1;
  for (let next = reader.at; next < reader.lines.length; next++) {
    const line = reader.lines[next] ?? '';
    if (closing.test(line)) end = next;
    else if (end !== -1 && (FILE.test(line) || DELETE.test(line))) break;
  }
  if (end === -1) return null;
  const taken = reader.lines.slice(reader.at, end);
  reader.at = end + 1;
  return taken;
};

const readFenced = (reader: Reader, fence: string, language: string): Block | string | null => {
  const before = reader.lines.slice(0, reader.at - 1).findLast((line) => line.trim() !== '') ?? '';
  if (reader.decorated && language === '' && !FILE.test(before)) {
    reader.decorated = false;
    return null;
  }
  const first = reader.lines.slice(reader.at).find((line) => line.trim() !== '');
  if (first === undefined) return null;
  if (isBlockLine(first)) {
    reader.decorated = true;
    return null;
  }
  const content = readContent(reader, fence);
  if (reader.path === null) return null;
  if (content === null)
    return `The content of ${reader.path} has no closing ${fence} line; was the answer cut off?`;
  const block: Block = {
    kind: 'whole',
    path: reader.path,
    content: content.length === 0 ? '' : `${content.join('\n')}\n`,
  };
  // prose that quotes more code is not the file again
  reader.path = null;
  return block;
};

const step = (reader: Reader, answer: Answer): void => {
  const line = reader.lines[reader.at++] ?? '';
  const idea = IDEA.exec(line)?.[1];
  const removed = DELETE.exec(line)?.[1];
  const file = FILE.exec(line)?.[1];
  const fence = FENCE.exec(line);
  let found: Block | string | null = null;
  if (idea !== undefined) answer.idea ||= idea;
  else if (removed !== undefined) found = { kind: 'delete', path: cleanPath(removed, reader.known) };
  else if (file !== undefined) reader.path = cleanPath(file, reader.known);
  else if (SEARCH.test(line)) found = readPair(reader);
  else if (fence !== null) found = readFenced(reader, fence[1] ?? '', fence[2] ?? '');
  if (typeof found === 'string') answer.problems.push(found);
  else if (found !== null) answer.blocks.push(found);
};

/**
 * Reads an answer in the format that the prompt asks for, forgiving what models get wrong: fences around blocks,
 * bold or bulleted headings, CRLF, a missing IDEA, path prefixes, prose in between.
 */
export const parseAnswer = (text: string, paths: Iterable<string>): Answer => {
  const visible = text
    .replace(/^\uFEFF/, '')
    .replaceAll(/\r\n?/g, '\n')
    .replace(/^\s*<think>[\s\S]*?<\/think>/, '');
  const lines = visible.split('\n');
  const reader: Reader = { lines, known: new Set(paths), at: 0, path: null, decorated: false };
  const answer: Answer = { idea: '', blocks: [], problems: [] };
  while (reader.at < lines.length) step(reader, answer);
  if (answer.blocks.length === 0 && answer.problems.length === 0) {
    answer.problems.push('There is no FILE: or DELETE: block in the answer.');
  }
  return answer;
};
