import type { Task } from '../contract/task-schema.js';

/** Whether a proposer of this task uses keys, addresses or hints: `mutate` reads none of them. */
export const asksModels = ({ proposer }: Pick<Task, 'proposer'>): boolean =>
  [proposer].flat().some(({ kind }) => kind !== 'mutate');
