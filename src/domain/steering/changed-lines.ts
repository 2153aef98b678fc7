import type { Edit } from '../../contract/proposal.js';

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

const counted = (lines: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
};

/** Lines that are there more often than in the other text: those that were added, or taken away. */
const surplus = (lines: readonly string[], other: readonly string[]): number => {
  const counts = counted(other);
  let more = 0;
  for (const line of lines) {
    const left = counts.get(line) ?? 0;
    if (left === 0) more++;
    else counts.set(line, left - 1);
  }
  return more;
};

/** Lines that edits change: the larger of those added and those taken away, file by file; moved lines are free. */
export const changedLines = (edits: readonly Edit[], files: ReadonlyMap<string, string>): number =>
  edits.reduce((sum, edit) => {
    const before = linesOf(files.get(edit.path) ?? '');
    const after = edit.kind === 'write' ? linesOf(edit.content) : [];
    return sum + Math.max(surplus(after, before), surplus(before, after));
  }, 0);
