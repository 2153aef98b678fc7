import type { Validate } from '../../contract/holdout.js';
import type { Outcome } from '../../contract/outcome.js';
import type { Task } from '../../contract/task-schema.js';

type Asked = Pick<Task, 'holdout' | 'validate' | 'acceptance'>;

/** When a task's holdout is asked; null: it has none. */
export const validateOf = ({ holdout, validate, acceptance }: Asked): Validate | null => {
  if (holdout === undefined) return null;
  return validate ?? (acceptance.rule === 'branch+promote' ? 'every-promotion' : 'every-keep');
};

/** Whether an experiment that would end like this needs the holdout's word first. */
export const needsWord = (task: Asked, outcome: Outcome): boolean => {
  const validate = validateOf(task);
  if (outcome === 'provisional') return validate === 'every-keep';
  return outcome === 'keep' && (validate === 'every-keep' || validate === 'every-promotion');
};
