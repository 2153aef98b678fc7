import type { Task } from '../contract/task-schema.js';

/** Whether a proposer of this task uses keys, addresses or hints: `mutate`, `sweep` and the catalogue read none of them. */
export const asksModels = ({ proposer }: Pick<Task, 'proposer'>): boolean =>
  [proposer]
    .flat()
    .some(
      (one) =>
        one.kind !== 'mutate' &&
        one.kind !== 'sweep' &&
        !(one.kind === 'research' && one.from === 'catalogue'),
    );
