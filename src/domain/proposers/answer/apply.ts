import type { Edit } from '../../../contract/proposal.js';
import type { Block } from './block.js';
import { locate } from './locate.js';

export interface Applied {
  edits: Edit[];
  /** why a block could not be applied, in words for whoever wrote it */
  problems: string[];
}

const ELIDED =
  /^\s*(?:#|\/\/|--|\/\*)?\s*(?:\.\.\.|…)\s*\(?(?:rest|remaining|existing|unchanged|same|other)\b.*$/im;

const trimBlank = (lines: readonly string[]): string[] => {
  const filled = (line: string): boolean => line.trim() !== '';
  const first = lines.findIndex(filled);
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex(filled) + 1);
};

const indented = (lines: readonly string[], indent: { from: string; to: string } | null): string[] => {
  if (indent === null) return [...lines];
  return lines.map((line) => {
    if (line.trim() === '') return line;
    if (line.startsWith(indent.from)) return indent.to + line.slice(indent.from.length);
    return line;
  });
};

const excerpt = (lines: readonly string[], at: number, count: number): string =>
  lines
    .slice(Math.max(0, at - 1), at + Math.min(count, 12) + 1)
    .map((line) => `    ${line}`)
    .join('\n');

/** Replaces one search text; a string says why that isn't possible. */
const replaceOnce = (text: string, block: Extract<Block, { kind: 'replace' }>): { text: string } | string => {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(/\r?\n/);
  const exact = block.search.split('\n');
  let wanted = exact;
  let place = locate(lines, wanted);
  if (place.found === 'none') {
    wanted = trimBlank(exact);
    if (wanted.length > 0) place = locate(lines, wanted);
  }
  if (place.found === 'many') {
    const numbers = place.lines.slice(0, 5).map((line) => String(line + 1));
    return `The SEARCH text in ${block.path} fits ${String(place.lines.length)} places (lines ${numbers.join(', ')}). Add lines around it until it fits one.`;
  }
  if (place.found === 'none') {
    const near = place.nearest;
    const hint =
      near === null || near.similarity < 0.5
        ? ''
        : ` The nearest text is at line ${String(near.line + 1)}:\n${excerpt(lines, near.line, wanted.length)}`;
    return `The SEARCH text is not in ${block.path}. Copy it from the file, line by line.${hint}`;
  }
  const replacement = block.replace === '' ? [] : block.replace.split('\n');
  const trimmed = wanted === exact ? replacement : trimBlank(replacement);
  const next = [
    ...lines.slice(0, place.start),
    ...indented(trimmed, place.indent),
    ...lines.slice(place.end),
  ];
  return { text: next.join(eol) };
};

const applyOne = (block: Block, current: string | null): { text: string | null } | string => {
  if (block.kind === 'delete') {
    return current === null ? `DELETE: there is no file ${block.path}.` : { text: null };
  }
  if (block.kind === 'whole') {
    const elided = ELIDED.exec(block.content)?.[0];
    if (elided === undefined) return { text: block.content };
    return `The content of ${block.path} leaves something out ("${elided.trim().slice(0, 60)}"). Give the whole file or use SEARCH/REPLACE.`;
  }
  if (current === null) {
    if (block.search.trim() === '') return { text: `${block.replace}\n` };
    return `There is no file ${block.path} to search in. For a new file write: FILE: ${block.path} (new)`;
  }
  if (block.search.trim() === '') {
    return current.trim() === ''
      ? { text: `${block.replace}\n` }
      : `The SEARCH part of a block of ${block.path} is empty.`;
  }
  return replaceOnce(current, block);
};

/** Applies blocks in order; each sees what the ones before it left. Edits are whole files. */
export const applyBlocks = (blocks: readonly Block[], files: ReadonlyMap<string, string>): Applied => {
  const now = new Map<string, string | null>();
  const problems: string[] = [];
  for (const block of blocks) {
    const current = now.has(block.path) ? (now.get(block.path) ?? null) : (files.get(block.path) ?? null);
    const result = applyOne(block, current);
    if (typeof result === 'string') problems.push(result);
    else now.set(block.path, result.text);
  }
  const edits = [...now].flatMap(([path, content]): Edit[] => {
    if (content === (files.get(path) ?? null)) return [];
    return content === null ? [{ kind: 'delete', path }] : [{ kind: 'write', path, content }];
  });
  return { edits, problems };
};
