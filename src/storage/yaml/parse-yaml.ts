import { LineCounter, parseDocument, type Document } from 'yaml';
import { UserError } from '../../contract/user-error.js';
import type { KeyPath } from './schema-path.js';

export interface YamlText {
  /** as it is called in messages */
  file: string;
  text: string;
}

export interface YamlDocument {
  file: string;
  value: unknown;
  /** the line of the deepest part of a path that is in the file */
  lineAt: (path: KeyPath) => number | null;
}

const lineOf = (document: Document, counter: LineCounter, path: KeyPath): number | null => {
  for (let length = path.length; length > 0; length -= 1) {
    const parent: unknown = document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const pairs =
      (parent as { items?: { key?: { value?: unknown; range?: number[] } }[] } | null)?.items ?? [];
    const start =
      typeof key === 'number'
        ? (document.getIn(path.slice(0, length), true) as { range?: number[] } | undefined)?.range?.[0]
        : pairs.find((pair) => pair.key?.value === key)?.key?.range?.[0];
    if (start !== undefined) return counter.linePos(start).line;
  }
  return null;
};

const parsed = ({ file, text }: YamlText, counter: LineCounter): Document => {
  const document = parseDocument(text, { lineCounter: counter });
  const [first] = document.errors;
  if (first !== undefined) {
    const { line, col } = first.linePos?.[0] ?? { line: 1, col: 1 };
    const [said = '', ...frame] = first.message.replace(/ at line \d+, column \d+:?/, '').split('\n');
    const excerpt = frame.filter((part) => part.trim() !== '').map((part) => `\n    ${part}`);
    throw new UserError(
      `not valid YAML: ${said}${excerpt.join('')}`,
      `${file}:${String(line)}:${String(col)}`,
      'Mend this line; indent with spaces, and quote text that holds ": " or " #".',
    );
  }
  return document;
};

/** The value of the document; an alias that nothing defines is nearly always a glob without quotes. */
const valueOf = (document: Document, file: string): unknown => {
  try {
    return document.toJS();
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const alias = /alias[^:]*: (\S+)/.exec(said)?.[1];
    throw new UserError(
      alias === undefined
        ? `not valid YAML: ${said}`
        : `not valid YAML: *${alias} is an alias that nothing defines`,
      file,
      alias === undefined ? 'Write it without anchors and aliases.' : `Quote globs: "*${alias}".`,
    );
  }
};

/** A YAML text as a value that remembers its lines. */
export const parseYaml = (source: YamlText): YamlDocument => {
  const counter = new LineCounter();
  const document = parsed(source, counter);
  return {
    file: source.file,
    value: valueOf(document, source.file),
    lineAt: (path) => lineOf(document, counter, path),
  };
};
