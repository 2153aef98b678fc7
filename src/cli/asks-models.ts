import type { AblationInput } from '../contract/ablation.js';
import type { LoopInput } from '../contract/loop.js';
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

/** The same of a loop and of those that it starts. */
export const loopAsksModels = ({ task, research }: Pick<LoopInput, 'task' | 'research'>): boolean =>
  [task, ...(research?.tasks ?? []).map((below) => below.task)].some(asksModels);

/** The same of any loop of an ablation. */
export const ablationAsksModels = ({
  research,
  plans,
  searches,
}: Pick<AblationInput, 'research' | 'plans' | 'searches'>): boolean =>
  [...research.tasks.map(({ task }) => task), ...Object.values(plans).flatMap(({ tasks }) => tasks)].some(
    asksModels,
  ) || Object.values(searches).some(loopAsksModels);
