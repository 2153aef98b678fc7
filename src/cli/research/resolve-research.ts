import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Research, ResearchTask } from '../../contract/research.js';
import type { Task } from '../../contract/task-schema.js';
import { UserError } from '../../contract/user-error.js';
import { childTask } from '../../domain/research/child-task.js';
import { loadTask, type LoadedTask } from '../task/load-task.js';
import { preflight, type PreflightOptions } from '../task/preflight.js';

export interface Resolved {
  research: Research;
  /** the lift's own task, its run standing for all child loops of one measurement */
  task: Task;
  /** pins the study: tasks, their evaluators, budgets, and what counts as 0 and 1 */
  evaluatorHash: string;
  notices: string[];
}

type Study = NonNullable<Task['research']>;

const refuse = (what: string, where: string, fix: string): never => {
  throw new UserError(what, where, fix);
};

const oneTask = async (
  { folder, taskFile }: LoadedTask,
  study: Study,
  { index, options }: { index: number; options: PreflightOptions },
): Promise<{ found: ResearchTask; notices: string[] }> => {
  const asked = study.tasks[index];
  if (asked === undefined) throw new RangeError('no such task in the study');
  const where = `${taskFile}: research.tasks[${String(index)}]`;
  const loaded = await loadTask(path.resolve(folder, asked.folder));
  const { task } = loaded;
  if (task.level !== 'R0' || task.research !== undefined)
    refuse(
      `${asked.folder} is a task of level ${task.level}`,
      where,
      'Name a task of level R0: what it runs is measured.',
    );
  if (task.holdout !== undefined)
    refuse(
      `${task.name} asks a holdout of its own`,
      where,
      'A study would spend its budget; copy the task without `holdout`.',
    );
  if (task.approval)
    refuse(
      `${task.name} waits for a person's approval`,
      where,
      'A study runs by itself; copy the task without `approval`.',
    );
  const { source, notices } = await preflight(loaded, options);
  const child = childTask(task, asked.experiments, study.rescore);
  const found = { task: child, source, target: asked.target, base: asked.base ?? null };
  return { found, notices: notices.map((text) => `${task.name}: ${text}`) };
};

const hashOf = (research: Research): string => {
  const manifest = research.tasks.map(({ task, source, target, base }) => [
    task.name,
    source.evaluatorHash,
    source.baseCommit,
    task.budget,
    target,
    base,
  ]);
  return createHash('sha256')
    .update(JSON.stringify([manifest, research.repeats, research.rescore]))
    .digest('hex');
};

/** Reads the tasks of a study and fixes the commits that they start from. */
export const resolveResearch = async (
  loaded: LoadedTask,
  study: Study,
  options: PreflightOptions,
): Promise<Resolved> => {
  const { task, taskFile } = loaded;
  if (task.level === 'R0')
    refuse(
      'research is for levels R1 to R4',
      `${taskFile}: level`,
      'Write `level: R4`, or `run` and `measure` instead of `research`.',
    );
  const all = [];
  for (const index of study.tasks.keys()) all.push(await oneTask(loaded, study, { index, options }));
  const tasks = all.map(({ found }) => found);
  const names = tasks.map((one) => one.task.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    refuse(
      `two tasks are called ${twice}`,
      `${taskFile}: research.tasks`,
      'Give one of them another name; use `repeats` for several loops of one task.',
    );
  const { repeats, rescore, parallel = 1 } = study;
  const research: Research = { tasks, repeats, rescore, parallel };
  const seconds = tasks.reduce((sum, one) => sum + (one.task.budget.deviceHours ?? 0) * 3600, 0);
  const device = [tasks[0]?.task.run.device ?? 'cpu'].flat()[0] ?? 'cpu';
  const run = { ...task.run, device, budget: seconds * repeats, timeout: seconds * repeats };
  const notices = all.flatMap((one) => one.notices);
  return { research, task: { ...task, run }, evaluatorHash: hashOf(research), notices };
};
