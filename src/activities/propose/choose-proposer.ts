import type { Proposer, Task } from '../../contract/task-schema.js';
import { pickWeighted, random } from '../../domain/random.js';

/** Who proposes for an experiment: by weight, and the same one each time it is asked. */
export const chooseProposer = (task: Task, experiment: number): Proposer => {
  const { proposer, seed } = task;
  if (!Array.isArray(proposer)) return proposer;
  return pickWeighted(random('proposer', seed, experiment).next(), proposer);
};
