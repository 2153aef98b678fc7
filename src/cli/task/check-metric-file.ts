import path from 'node:path';
import { UserError } from '../../contract/user-error.js';
import { editableMatcher } from '../../storage/git/editable-matcher.js';
import type { LoadedTask } from './load-task.js';

/** How a file that runs write is taken out of the commit. */
export const untrack = (file: string): string =>
  `In the task's folder: \`git rm --cached ${file}\`, add it to .gitignore, and commit both.`;

/** The file that the score is read from is written by each run: nobody hands it in, no proposal and no commit. */
export const checkMetricFile = ({ task, taskFile }: LoadedTask, files: readonly string[]): void => {
  const { file } = task.measure.metric;
  if (file === undefined) return;
  const name = path.posix.normalize(file);
  const where = `${taskFile}: measure.metric.file`;
  if (path.isAbsolute(name) || name.startsWith('..'))
    throw new UserError(
      `${file} is not inside the task's folder`,
      where,
      'Name a file that is written there, like out.json.',
    );
  if (editableMatcher(task.editable)(name))
    throw new UserError(
      `[${task.editable.join(', ')}] covers ${name}, which the score is read from`,
      `${taskFile}: editable`,
      'A proposal could then write its own score. Leave it out of editable.',
    );
  if (files.includes(name))
    throw new UserError(
      `${name} is committed, but the score is read from it: each checkout would begin with an old score, and a run that writes it has changed a protected file`,
      where,
      untrack(name),
    );
};
