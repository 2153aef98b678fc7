import type { Task } from '../../contract/task-schema.js';

/** What a valid task.yaml says that its writer probably doesn't mean. */
export const taskWarnings = (task: Task): string[] => {
  const { run, measure, budget, stop, holdout, validate } = task;
  const warnings: string[] = [];
  if (run.timeout !== undefined && run.timeout <= run.budget)
    warnings.push(
      `run.timeout (${String(run.timeout)}s) is not longer than run.budget (${String(run.budget)}s): a run that uses its budget is killed`,
    );
  if (measure.command === undefined && task.research === undefined)
    warnings.push(
      'measure.command is not set: the score is the one that the candidate prints (reported, not measured)',
    );
  if (measure.metric.key !== undefined && measure.metric.file === undefined)
    warnings.push('measure.metric.key has no effect without measure.metric.file');
  if (validate !== undefined && holdout === undefined)
    warnings.push('validate has no effect without holdout');
  if (Object.keys(budget).length === 0 && stop.target === undefined && stop.plateau === undefined)
    warnings.push('budget is empty: the loop runs until somebody stops it');
  return warnings;
};
