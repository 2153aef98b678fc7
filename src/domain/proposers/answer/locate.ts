/** Where a search text is: lines from `start` to before `end`, and how far it was indented otherwise. */
export type Located =
  | { found: 'once'; start: number; end: number; indent: { from: string; to: string } | null }
  | { found: 'many'; lines: number[] }
  | { found: 'none'; nearest: { line: number; similarity: number } | null };

const SIMILAR = 0.9;

/** Pairs of neighbouring characters with their counts, remembered: every line meets every line. */
const bigramsOf = (): ((line: string) => Map<string, number>) => {
  const kept = new Map<string, Map<string, number>>();
  return (line) => {
    const found = kept.get(line);
    if (found !== undefined) return found;
    const counts = new Map<string, number>();
    for (let at = 0; at + 1 < line.length; at++) {
      const pair = line.slice(at, at + 2);
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
    kept.set(line, counts);
    return counts;
  };
};

/** Dice's coefficient over pairs of characters: 1 for equal lines, 0 for lines with nothing in common. */
const similarity = (a: string, b: string, bigrams: (line: string) => Map<string, number>): number => {
  if (a === b) return 1;
  if (a.length < 2 || b.length < 2) return 0;
  const left = bigrams(a);
  let shared = 0;
  for (const [pair, count] of bigrams(b)) shared += Math.min(count, left.get(pair) ?? 0);
  return (2 * shared) / (a.length + b.length - 2);
};

const indentOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? '';

const starts = (
  lines: readonly string[],
  wanted: readonly string[],
  same: (a: string, b: string) => boolean,
) => {
  const found: number[] = [];
  for (let start = 0; start + wanted.length <= lines.length; start++) {
    if (wanted.every((line, offset) => same(lines[start + offset] ?? '', line))) found.push(start);
  }
  return found;
};

/** The indentation that all wanted lines would have to change, if it is one and the same for all. */
const reindent = (
  lines: readonly string[],
  wanted: readonly string[],
): { from: string; to: string } | null => {
  const at = wanted.findIndex((line) => line.trim() !== '');
  const [from, to] = [indentOf(wanted[at] ?? ''), indentOf(lines[at] ?? '')];
  return from === to ? null : { from, to };
};

const nearest = (lines: readonly string[], wanted: readonly string[]) => {
  const bigrams = bigramsOf();
  const scores: { line: number; similarity: number }[] = [];
  for (let start = 0; start + wanted.length <= lines.length; start++) {
    let sum = 0;
    let weight = 0;
    for (const [offset, line] of wanted.entries()) {
      const size = Math.max(1, line.trim().length);
      sum += size * similarity((lines[start + offset] ?? '').trim(), line.trim(), bigrams);
      weight += size;
    }
    scores.push({ line: start, similarity: sum / weight });
  }
  return scores.sort((a, b) => b.similarity - a.similarity);
};

/**
 * Finds a search text in a file, most exact reading first: as it is, without trailing white space, indented
 * otherwise, and at last the one place that is at least 90 % similar. Two places are never chosen between.
 */
export const locate = (lines: readonly string[], wanted: readonly string[]): Located => {
  const readings: ((line: string) => string)[] = [
    (line) => line,
    (line) => line.trimEnd(),
    (line) => line.trim(),
  ];
  for (const read of readings) {
    const found = starts(lines, wanted, (a, b) => read(a) === read(b));
    const [start] = found;
    if (start === undefined) continue;
    if (found.length > 1) return { found: 'many', lines: found };
    const end = start + wanted.length;
    return { found: 'once', start, end, indent: reindent(lines.slice(start, end), wanted) };
  }
  const [best, second] = nearest(lines, wanted);
  if (best === undefined || best.similarity < SIMILAR) return { found: 'none', nearest: best ?? null };
  if (second !== undefined && second.similarity >= best.similarity - 0.02) {
    return { found: 'many', lines: [best.line, second.line] };
  }
  const end = best.line + wanted.length;
  return { found: 'once', start: best.line, end, indent: reindent(lines.slice(best.line, end), wanted) };
};
