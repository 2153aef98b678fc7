import { LineCounter, parseDocument, type Document } from 'yaml';
import { taskSchema, type Task } from '../../contract/task-schema.js';
import { UserError } from '../../contract/user-error.js';
import { readTaskFile, type TaskFile } from './read-task-file.js';
import { showPath, type KeyPath } from './schema-path.js';
import { taskProblems, type TaskProblem } from './task-problems.js';
import { taskWarnings } from './task-warnings.js';

export interface LoadedTask {
  task: Task;
  /** absolute path of the folder that task.yaml is in */
  folder: string;
  taskFile: string;
  /** what is allowed but probably not meant */
  warnings: string[];
}

const DOCS = 'schema/task.schema.json describes every key; `autolift init` writes a task.yaml to start from.';

const mistake = (file: string, problems: readonly string[]): UserError =>
  new UserError(
    problems.length === 1
      ? (problems[0] ?? '')
      : `${String(problems.length)} problems${problems.map((problem) => `\n  - ${problem}`).join('')}`,
    file,
    DOCS,
  );

/** The line of the deepest part of a path that is in the file. */
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

const parseYaml = ({ file, text }: TaskFile, counter: LineCounter): Document => {
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

/** Where candidates are measured by research nothing is run but the tasks' own commands. */
const withStandIns = (value: object): object =>
  'research' in value && !('run' in value) && !('measure' in value)
    ? { ...value, run: { command: ':' }, measure: { metric: { name: 'u', direction: 'maximize' } } }
    : value;

const described = (problems: TaskProblem[], lineAt: (path: KeyPath) => number | null): string[] =>
  problems
    .map((problem) => ({ ...problem, line: lineAt(problem.path) }))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
    .map(({ path, text, line }) => {
      const key = text.startsWith('unknown key') ? showPath(path.slice(0, -1)) : showPath(path);
      return `${line === null ? '' : `line ${String(line)}: `}${key === '' ? '' : `${key}: `}${text}`;
    });

/** Checks a task.yaml; everything that is wrong with it is said at once. */
export const parseTask = (source: TaskFile): LoadedTask => {
  const counter = new LineCounter();
  const document = parseYaml(source, counter);
  const value = valueOf(document, source.file);
  if (value === null || value === undefined) throw mistake(source.file, ['the file is empty']);
  if (typeof value !== 'object' || Array.isArray(value))
    throw mistake(source.file, ['must hold keys, one a line, like "name: sine"']);
  const parsed = taskSchema.safeParse(withStandIns(value));
  if (!parsed.success) {
    const problems = taskProblems(parsed.error.issues, value);
    throw mistake(
      source.file,
      described(problems, (path) => lineOf(document, counter, path)),
    );
  }
  return {
    task: parsed.data,
    folder: source.folder,
    taskFile: source.file,
    warnings: taskWarnings(parsed.data),
  };
};

/** Reads and checks the task.yaml that a folder holds, or that a path names. */
export const loadTask = async (target: string): Promise<LoadedTask> => parseTask(await readTaskFile(target));
