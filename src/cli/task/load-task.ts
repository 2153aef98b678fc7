import { taskSchema, type Task } from '../../contract/task-schema.js';
import type { UserError } from '../../contract/user-error.js';
import { ignoredOptions } from '../../domain/acceptance/ignored-options.js';
import {
  documentMistake,
  parseYaml,
  schemaProblems,
  type SchemaProblem,
  type YamlDocument,
} from '../../storage/yaml/index.js';
import { readTaskFile, type TaskFile } from './read-task-file.js';
import { taskJsonSchema } from './task-json-schema.js';
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

const WRITTEN = taskJsonSchema();

const mistake = (document: YamlDocument, problems: readonly SchemaProblem[]): UserError =>
  documentMistake(document, problems, DOCS);

/** Where candidates are measured by research nothing is run but the tasks' own commands. */
const withStandIns = (value: object): object =>
  'research' in value && !('run' in value) && !('measure' in value)
    ? { ...value, run: { command: ':' }, measure: { metric: { name: 'u', direction: 'maximize' } } }
    : value;

/** Options of `acceptance` that its rule would pass over in silence. */
const passedOver = ({ acceptance }: Task, value: object): SchemaProblem[] => {
  const written: unknown = 'acceptance' in value ? value.acceptance : null;
  return ignoredOptions(acceptance, Object.keys(written ?? {})).map(({ option, why }) => ({
    path: ['acceptance', option],
    text: why,
  }));
};

/** Checks a task.yaml; everything that is wrong with it is said at once. */
export const parseTask = (source: TaskFile): LoadedTask => {
  const document = parseYaml(source);
  const { value } = document;
  if (value === null || value === undefined)
    throw mistake(document, [{ path: [], text: 'the file is empty' }]);
  if (typeof value !== 'object' || Array.isArray(value))
    throw mistake(document, [{ path: [], text: 'must hold keys, one a line, like "name: sine"' }]);
  const parsed = taskSchema.safeParse(withStandIns(value));
  if (!parsed.success) throw mistake(document, schemaProblems(parsed.error.issues, value, WRITTEN));
  const ignored = passedOver(parsed.data, value);
  if (ignored.length > 0) throw mistake(document, ignored);
  return {
    task: parsed.data,
    folder: source.folder,
    taskFile: source.file,
    warnings: taskWarnings(parsed.data),
  };
};

/** Reads and checks the task.yaml that a folder holds, or that a path names. */
export const loadTask = async (target: string): Promise<LoadedTask> => parseTask(await readTaskFile(target));
