import path from 'node:path';
import { UserError } from '../../contract/user-error.js';
import type { LoadedTask } from './load-task.js';

const leaves = (entry: string): boolean => /^\.\.(\/|$)/.test(path.posix.normalize(entry));

/** Globs are matched against names of the task's folder: one that begins outside of it never matches. */
const outside = (glob: string): boolean => path.posix.isAbsolute(glob) || leaves(glob);

/** Entries that a device worker would pass over without a link. */
const unreadable = (entry: string): boolean => {
  const inner = entry.startsWith('~/') ? entry.slice(2) : entry;
  return inner === '~' || path.posix.isAbsolute(inner) || leaves(inner) || /^\.?\/?$/.test(inner);
};

const refuse = (key: string, entry: string, { taskFile, fix }: { taskFile: string; fix: string }): never => {
  throw new UserError(`"${entry}" is not inside the task's folder`, `${taskFile}: ${key}`, fix);
};

/** What names files names them from the task's folder, and stays in it. */
export const checkPaths = ({ task, taskFile }: Pick<LoadedTask, 'task' | 'taskFile'>): void => {
  const globs: [string, readonly string[]][] = [
    ['editable', task.editable],
    ['measure.hidden', task.measure.hidden],
  ];
  for (const [key, entries] of globs) {
    const wrong = entries.find(outside);
    if (wrong !== undefined)
      refuse(key, wrong, {
        taskFile,
        fix: "Name files from the folder that task.yaml is in, like 'src/**'.",
      });
  }
  const wrong = task.run.read.find(unreadable);
  if (wrong !== undefined)
    refuse('run.read', wrong, {
      taskFile,
      fix: 'Name a path in that folder (.venv), or one of the home folder (~/.cache/data). What is elsewhere, like /usr, runs can read anyway.',
    });
};
