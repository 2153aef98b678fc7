import type { Method, Policy } from '../../contract/method.js';
import type { Acceptance, Proposer, Task } from '../../contract/task-schema.js';

/** A plain R0 loop: the task as the method has it, and what no key of a task can express. */
export interface Projection {
  task: Task;
  policy: Policy;
}

type Settings = Record<string, unknown>;

/** What is said, without what is left open. */
const given = <T extends Settings>(settings: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

const asked = (proposer: Proposer, { agent, process }: Method): Proposer => {
  // a loop that researches methods is no loop that a method is for
  if (proposer.kind === 'research') return proposer;
  const weight = process.exploration?.weights?.[proposer.kind] ?? proposer.weight;
  if (proposer.kind === 'mutate')
    return { ...proposer, weight, edits: process.exploration?.edits ?? proposer.edits };
  if (proposer.kind === 'command' || proposer.kind === 'sweep') return { ...proposer, weight };
  const { temperature, history, attempts, maxOutputTokens, models } = agent;
  const { model: _one, models: _several, ...rest } = proposer;
  const routed = models === undefined ? proposer : { ...rest, models };
  return { ...routed, weight, ...given({ temperature, history, attempts, maxOutputTokens }) };
};

/** The task's proposers with the method's weights; a method that silences all of them is not obeyed in that. */
const proposersOf = (method: Method, { proposer }: Task): Task['proposer'] => {
  if (!Array.isArray(proposer)) return { ...asked(proposer, method), weight: proposer.weight };
  const all = proposer.map((one) => asked(one, method));
  const heard = all.filter(({ weight }) => weight > 0);
  return heard.length > 0
    ? heard
    : all.map((one, index) => ({ ...one, weight: proposer[index]?.weight ?? 1 }));
};

const acceptanceOf = ({ process, objective }: Method, { acceptance }: Task): Acceptance => ({
  ...acceptance,
  ...given({ ...process.acceptance, minEffect: objective.minEffect }),
});

/** A mechanism that is asked ahead of the verdicts would answer the same again. */
const aheadOf = ({ process, mechanism }: Method, { ahead }: Task): number | undefined =>
  process.ahead ?? ahead ?? (mechanism === null ? undefined : 0);

const policyOf = ({ agent, prompt, objective, process, mechanism }: Method): Policy => ({
  prompt,
  context: agent.context,
  freeze: process.freeze,
  batch: process.batch ?? null,
  restarts: process.restarts ?? null,
  schedule: process.schedule,
  memory: process.memory ?? { enabled: true, lessons: 5 },
  constraints: objective.constraints,
  limits: objective.limits,
  mechanism,
});

/**
 * Composes a method and a task into a loop's policy. What the task measures, by what, with which budget, in which files
 * and on which seeds is the task's alone: a method that could touch it would learn to score instead of to search.
 */
export const project = (method: Method, task: Task): Projection => {
  const { process, objective } = method;
  return {
    task: {
      ...task,
      proposer: proposersOf(method, task),
      acceptance: acceptanceOf(method, task),
      stop: { ...task.stop, ...given({ plateau: process.stop?.plateau }) },
      ...given({ ahead: aheadOf(method, task), stale: process.stale }),
      approval: task.approval || objective.approval === true,
    },
    policy: policyOf(method),
  };
};
