import type { Proposer, Task } from '../../contract/task-schema.js';
import { pickWeighted, random } from '../random.js';
import { operatorNamed } from '../steering/operators.js';

/** Who proposes for an experiment: whom a mechanism named, else by weight, and the same one each time it is asked. */
export const chooseProposer = (task: Task, experiment: number, operator?: string): Proposer => {
  const named = operator === undefined ? null : operatorNamed(task, operator);
  if (named !== null) return named;
  const { proposer, seed } = task;
  if (!Array.isArray(proposer)) return proposer;
  return pickWeighted(random('proposer', seed, experiment).next(), proposer);
};
