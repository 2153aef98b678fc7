import path from 'node:path';
import { LEVEL_SECTIONS } from '../../contract/lift-level.js';
import { UserError } from '../../contract/user-error.js';
import type { LoadedTask } from './load-task.js';

/** A level changes its own part of the method and nothing else: what it is judged by belongs to another. */
export const checkLevel = ({ task, taskFile }: Pick<LoadedTask, 'task' | 'taskFile'>): void => {
  if (task.acceptance.rule === 'lift' && task.research === undefined)
    throw new UserError(
      'lift judges research, and this task has none',
      `${taskFile}: acceptance.rule`,
      'Write `research` with the tasks to try a method on, or choose another rule.',
    );
  if (task.acceptance.rule !== 'lift' && task.research !== undefined)
    throw new UserError(
      `${task.acceptance.rule} doesn't ask whether a mechanism acted in the loops that it is judged by`,
      `${taskFile}: acceptance.rule`,
      'Write `acceptance: { rule: lift }`: what is measured by research is judged by it.',
    );
  if (task.level !== 'R4' && [task.proposer].flat().some(({ kind }) => kind === 'research'))
    throw new UserError(
      `a research proposer writes search mechanisms, and ${task.level} changes none`,
      `${taskFile}: proposer`,
      'Use it with `level: R4` and `editable: [method/process/**]`, or choose another proposer.',
    );
  if (task.level === 'R0') return;
  const section = LEVEL_SECTIONS[task.level];
  const foreign = task.editable.find((glob) => !path.posix.normalize(glob).startsWith(`${section}/`));
  if (foreign === undefined) return;
  throw new UserError(
    `"${foreign}" is not in ${section}/, the part of the method that ${task.level} owns`,
    `${taskFile}: editable`,
    `Name only files of that folder, like '${section}/**', or choose the level that owns the others.`,
  );
};
