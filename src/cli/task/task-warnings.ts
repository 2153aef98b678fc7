import type { Task } from '../../contract/task-schema.js';
import { isPlainPython } from '../../domain/device/is-plain-python.js';
import { TAIL_TASKS } from '../../domain/lift/lift-options.js';

/** A lift that can never be kept costs as much to measure as one that can. */
const neverPays = ({ acceptance, research }: Task): string[] => {
  if (acceptance.rule !== 'lift' || research === undefined) return [];
  const loops = research.tasks.length * research.repeats;
  if (loops * acceptance.nmax >= TAIL_TASKS) return [];
  const needed = String(Math.ceil(TAIL_TASKS / loops));
  return [
    `nothing can be kept: acceptance.nmax (${String(acceptance.nmax)}) times ${String(loops)} loops is fewer than the ${String(TAIL_TASKS)} pairs that a lift needs; set nmax to ${needed} at least`,
  ];
};

/** What a valid task.yaml says that its writer probably doesn't mean. */
export const taskWarnings = (task: Task): string[] => {
  const { run, measure, budget, stop, holdout, validate } = task;
  const warnings: string[] = [];
  if (run.timeout !== undefined && run.timeout <= run.budget)
    warnings.push(
      `run.timeout (${String(run.timeout)}s) is not longer than run.budget (${String(run.budget)}s): a run that uses its budget is killed`,
    );
  if (run.warm !== undefined && !isPlainPython(run.command))
    warnings.push(
      'run.warm has no effect: every run starts cold, as run.command is not a plain `python3 script.py`, without options',
    );
  if (measure.command === undefined && task.research === undefined)
    warnings.push(
      'measure.command is not set: the score is the one that the candidate prints (reported, not measured)',
    );
  if (measure.metric.key !== undefined && measure.metric.file === undefined)
    warnings.push('measure.metric.key has no effect without measure.metric.file');
  if (validate !== undefined && holdout === undefined)
    warnings.push('validate has no effect without holdout');
  if (run.earlyStop !== undefined && ['race', 'halving', 'hyperband', 'lift'].includes(task.acceptance.rule))
    warnings.push(
      `run.earlyStop has no effect under acceptance.rule ${task.acceptance.rule}, which ends runs by its own reasons`,
    );
  if (Object.keys(budget).length === 0 && stop.target === undefined && stop.plateau === undefined)
    warnings.push('budget is empty: the loop runs until somebody stops it');
  return [...warnings, ...neverPays(task)];
};
