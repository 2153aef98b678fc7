/** One item of a data set, by the names of its fields. */
export type Item = Readonly<Record<string, unknown>>;

const QUOTED = /("(?:[^"]|"")*"|[^,]*)(?:,|$)/g;

const cells = (line: string): string[] => {
  const found = [...line.matchAll(QUOTED)].map(([, cell = '']) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  );
  // the end of the line matches once more, with nothing
  return line.endsWith(',') ? found : found.slice(0, -1);
};

const fromCsv = (lines: readonly string[]): Item[] => {
  const [head = '', ...rows] = lines;
  const names = cells(head);
  return rows.map((row) => {
    const values = cells(row);
    return Object.fromEntries(names.map((name, at) => [name, values[at] ?? '']));
  });
};

const fromJson = (line: string): Item => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Item) : {};
  } catch {
    return {};
  }
};

/** Items of a CSV file with a header, or of one with a JSON object a line; a line that is neither has no fields. */
export const readItems = (file: string, text: string): Item[] => {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return file.endsWith('.csv') ? fromCsv(lines) : lines.map(fromJson);
};
