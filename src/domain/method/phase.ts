import type { Policy } from '../../contract/method.js';
import type { Proposer, Task } from '../../contract/task-schema.js';

export type Phase = Policy['schedule'][number];

/** The phase of the schedule that holds once this share of the experiments is used up; null without one. */
export const phaseAt = ({ schedule }: Pick<Policy, 'schedule'>, used: number): Phase | null =>
  schedule.find(({ until }) => used < until) ?? null;

/** Every knob that stays as it is now. */
export const frozenNow = ({ freeze }: Pick<Policy, 'freeze'>, phase: Phase | null): readonly string[] => [
  ...freeze,
  ...(phase?.freeze ?? []),
];

/** The task's proposers as a phase has them; one whose weight is 0 is silent while another is heard. */
export const inPhase = (task: Task, phase: Phase | null): Task => {
  if (phase === null) return task;
  const { exploration, temperature } = phase;
  const asked = (one: Proposer): Proposer => {
    if (one.kind === 'research') return one;
    const weight = exploration?.weights?.[one.kind] ?? one.weight;
    if (one.kind === 'mutate') return { ...one, weight, edits: exploration?.edits ?? one.edits };
    return one.kind === 'openai' && temperature !== undefined
      ? { ...one, weight, temperature }
      : { ...one, weight };
  };
  const { proposer } = task;
  if (!Array.isArray(proposer)) return { ...task, proposer: { ...asked(proposer), weight: proposer.weight } };
  const heard = proposer.map(asked).filter(({ weight }) => weight > 0);
  return heard.length === 0 ? task : { ...task, proposer: heard };
};
