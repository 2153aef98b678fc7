import type { Budget, Proposer, Task } from '../../contract/task-schema.js';
import { proposerSchema } from '../../contract/task-schema.js';
import { UserError } from '../../contract/user-error.js';
import { keepTarget } from '../../domain/noise/keep-target.js';

export interface Overrides {
  budget: Budget;
  concurrency: number | undefined;
  /** kind of the proposer to use alone */
  proposer: string | undefined;
}

const KINDS = ['mutate', 'sweep', 'openai', 'command', 'research'];

const pickProposer = (task: Task, kind: string): Proposer => {
  const own = [task.proposer].flat().find((proposer) => proposer.kind === kind);
  if (own !== undefined) return own;
  const made = proposerSchema.safeParse({ kind });
  if (made.success) return made.data;
  throw new UserError(
    KINDS.includes(kind) ? 'task.yaml has no proposer of kind command' : `"${kind}" is not a proposer`,
    '--proposer',
    KINDS.includes(kind)
      ? 'Write `proposer: { kind: command, command: … }` in task.yaml.'
      : `Choose one of ${KINDS.join(', ')}.`,
  );
};

/** A loop that names no rate of false keeps is held to the usual one, so that it is measured; a lift has a test of its own. */
const withTarget = ({ acceptance, research }: Task): Task['acceptance'] =>
  research !== undefined || acceptance.rule === 'lift'
    ? acceptance
    : { ...acceptance, falseKeeps: keepTarget(acceptance) };

/** The task as the command line changes it for this loop. */
export const overrideTask = (task: Task, { budget, concurrency, proposer }: Overrides): Task => ({
  ...task,
  acceptance: withTarget(task),
  budget: { ...task.budget, ...budget },
  concurrency: concurrency ?? task.concurrency,
  proposer: proposer === undefined ? task.proposer : pickProposer(task, proposer),
});
