import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Task } from '../../contract/task-schema.js';
import { UserError } from '../../contract/user-error.js';
import { editableMatcher } from '../../storage/git/editable-matcher.js';
import { checkMetricFile } from './check-metric-file.js';
import { checkPaths } from './check-paths.js';
import type { LoadedTask } from './load-task.js';
import { allWords, executedFile } from '../../domain/shell-words.js';
import { viewFolder } from '../init/folder-view.js';

const COMMIT = 'Commit them first: a loop starts from a commit, not from the working folder.';

const checkEditable = ({ task, folder, taskFile }: LoadedTask, files: readonly string[]): void => {
  const isEditable = editableMatcher(task.editable);
  const where = `${taskFile}: editable`;
  if (files.includes(path.basename(taskFile)) && isEditable(path.basename(taskFile)))
    throw new UserError(
      `[${task.editable.join(', ')}] covers task.yaml itself`,
      where,
      'A proposal could change its own rules. Name the files to improve.',
    );
  if (files.some(isEditable)) return;
  const uncommitted = viewFolder(folder).files.filter((file) => isEditable(file));
  const globs = `[${task.editable.join(', ')}]`;
  if (uncommitted.length > 0)
    throw new UserError(
      `${globs} matches only files that are not committed: ${uncommitted.slice(0, 3).join(', ')}`,
      where,
      COMMIT,
    );
  const some = files.slice(0, 8).join(', ');
  throw new UserError(
    `${globs} matches no file of the commit`,
    where,
    files.length === 0
      ? 'No file of this folder is committed.'
      : `Files are named from the task's folder. Committed there: ${some}${files.length > 8 ? ', …' : ''}`,
  );
};

/** What data is compared with is no candidate's to change. */
const checkAnchor = ({ task, taskFile }: LoadedTask, files: readonly string[]): void => {
  if (task.data === undefined) return;
  const { anchor } = task.data;
  const where = `${taskFile}: data.anchor`;
  if (!files.includes(anchor)) throw new UserError(`${anchor} is not committed`, where, COMMIT);
  if (editableMatcher(task.editable)(anchor))
    throw new UserError(
      `[${task.editable.join(', ')}] covers ${anchor}, which the data is compared with`,
      where,
      'Leave it out of editable.',
    );
};

const covered = (key: string, file: string, { task, taskFile }: LoadedTask): UserError =>
  new UserError(
    `[${task.editable.join(', ')}] covers ${file}, which ${key} runs`,
    `${taskFile}: editable`,
    'A proposal could then write its own score. Leave it out of editable.',
  );

const checkEvaluator = (loaded: LoadedTask, files: readonly string[]): void => {
  const { task } = loaded;
  const isEditable = editableMatcher(task.editable);
  const known = new Set(files);
  const commands = [
    ...(task.measure.command === undefined ? [] : [['measure.command', task.measure.command] as const]),
    ...task.guards.map(({ command }, index) => [`guards[${String(index)}]`, command] as const),
  ];
  for (const [key, command] of commands) {
    const executed = executedFile(command, (file) => known.has(file));
    if (executed !== null && isEditable(executed)) throw covered(key, executed, loaded);
  }
  if (task.measure.command === undefined) return;
  // `pytest tests` executes no file by name; when all that it names is editable, nothing of it is protected
  const named = allWords(task.measure.command).flatMap((word) =>
    files.filter((file) => file === word || file.startsWith(`${word.replace(/\/$/, '')}/`)),
  );
  const [first] = named;
  if (first !== undefined && named.every((file) => isEditable(file)))
    throw covered('measure.command', first, loaded);
};

const checkHidden = ({ task, taskFile }: LoadedTask, files: readonly string[]): void => {
  const { hidden } = task.measure;
  if (hidden.length === 0) return;
  const isHidden = editableMatcher(hidden);
  const isEditable = editableMatcher(task.editable);
  const both = files.find((file) => isHidden(file) && isEditable(file));
  const where = `${taskFile}: measure.hidden`;
  if (both !== undefined)
    throw new UserError(`${both} is hidden and editable`, where, 'Leave it out of one of the two.');
  if (!files.some(isHidden))
    throw new UserError(`[${hidden.join(', ')}] matches no file of the commit`, where, 'Correct the globs.');
};

const checkInstructions = (task: Task, { folder, taskFile }: LoadedTask, files: readonly string[]): void => {
  if (task.instructions === undefined) return;
  const file = task.instructions.replace(/^\.\//, '');
  if (files.includes(file)) return;
  const there = existsSync(path.join(folder, file));
  throw new UserError(
    there ? `${file} is not committed` : `there is no file ${file}`,
    `${taskFile}: instructions`,
    there ? 'Commit it first.' : 'Write it, or remove the key.',
  );
};

/** What the task names must be in the commit, and what scores it must not be editable. */
export const checkFiles = (loaded: LoadedTask, files: readonly string[]): void => {
  checkPaths(loaded);
  checkEditable(loaded, files);
  checkAnchor(loaded, files);
  checkEvaluator(loaded, files);
  checkMetricFile(loaded, files);
  checkHidden(loaded, files);
  checkInstructions(loaded.task, loaded, files);
};
