import path from 'node:path';
import type { LoopSource } from '../../contract/loop.js';
import type { Research } from '../../contract/research.js';
import type { Task } from '../../contract/task-schema.js';
import { UserError } from '../../contract/user-error.js';
import { resolveResearch } from '../research/resolve-research.js';
import { loadTask, type LoadedTask } from '../task/load-task.js';
import { preflight, type PreflightOptions } from '../task/preflight.js';
import { amongTasks, type Wanted } from './ablation-flags.js';

/** An outer loop's task, from which methods can be searched for. */
export interface Outer {
  task: Task;
  taskFile: string;
  source: LoopSource;
}

export interface ResolvedStudy {
  name: string;
  research: Research;
  /** null: plain tasks, each with its own policy */
  outer: Outer | null;
  notices: string[];
}

/** Experiments of each cell where neither the task nor a flag says. */
const EXPERIMENTS = 30;

const chosen = (research: Research, { tasks }: Wanted): Research => {
  if (tasks === null) return research;
  const names = amongTasks(
    tasks,
    research.tasks.map(({ task }) => task.name),
  );
  return { ...research, tasks: research.tasks.filter(({ task }) => names.includes(task.name)) };
};

const withExperiments = <T extends { experiments: number }>(
  tasks: readonly T[],
  { experiments }: Wanted,
): T[] => tasks.map((one) => ({ ...one, experiments: experiments ?? one.experiments }));

const outerStudy = async (
  loaded: LoadedTask,
  wanted: Wanted,
  options: PreflightOptions,
): Promise<ResolvedStudy> => {
  const { task, taskFile } = loaded;
  if (task.research === undefined)
    throw new UserError(
      `${task.name} is of level ${task.level} and names no tasks`,
      taskFile,
      'Write `research` with the tasks to compare on, or name plain tasks.',
    );
  const study = { ...task.research, tasks: withExperiments(task.research.tasks, wanted) };
  const { source, notices } = await preflight(loaded, options);
  const resolved = await resolveResearch(loaded, study, options);
  const research = chosen(resolved.research, wanted);
  const outer = {
    task: resolved.task,
    taskFile,
    source: { ...source, evaluatorHash: resolved.evaluatorHash },
  };
  return { name: task.name, research, outer, notices: [...notices, ...resolved.notices] };
};

const targetOf = ({ task, taskFile }: LoadedTask): number => {
  const { target } = task.stop;
  if (target !== undefined) return target;
  throw new UserError(
    `${task.name} doesn't say what score would count as 1`,
    `${taskFile}: stop.target`,
    'Set it, or ablate an outer task, whose `research.tasks` have targets.',
  );
};

/** Plain tasks, as a study that nobody wrote down. */
const plainStudy = async (
  all: readonly LoadedTask[],
  wanted: Wanted,
  options: PreflightOptions,
): Promise<ResolvedStudy> => {
  const [first] = all;
  if (first === undefined) throw new RangeError('there is at least one task');
  const tasks = all.map((one) => ({
    folder: one.folder,
    experiments: EXPERIMENTS,
    target: targetOf(one),
  }));
  const study = { tasks: withExperiments(tasks, wanted), repeats: 1, rescore: 3, parallel: 1 };
  const stand = { ...first, taskFile: 'autolift ablate', task: { ...first.task, level: 'R4' as const } };
  const resolved = await resolveResearch(stand, study, options);
  const research = chosen(resolved.research, wanted);
  const name = research.tasks.map(({ task }) => task.name).join('-');
  return { name: name.slice(0, 80), research, outer: null, notices: resolved.notices };
};

/** The tasks that arms are compared on: those of one outer task, or plain ones. */
export const resolveStudy = async (
  folders: readonly string[],
  wanted: Wanted,
  options: PreflightOptions & { cwd: string },
): Promise<ResolvedStudy> => {
  const all = [];
  for (const folder of folders) all.push(await loadTask(path.resolve(options.cwd, folder)));
  const outer = all.find(({ task }) => task.level !== 'R0' || task.research !== undefined);
  if (outer === undefined) return plainStudy(all, wanted, options);
  if (all.length === 1) return outerStudy(outer, wanted, options);
  throw new UserError(
    `${outer.task.name} is an outer task and brings tasks of its own`,
    'autolift ablate',
    'Name one outer task, or several plain ones.',
  );
};
