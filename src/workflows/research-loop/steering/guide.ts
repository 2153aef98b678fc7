import { condition } from '@temporalio/workflow';
import type { ProposalPolicy } from '../../../contract/activities.js';
import type { MethodInForce } from '../../../contract/method.js';
import type { Guidance, Steering } from '../../../contract/steering.js';
import type { Steered } from '../../../contract/steer.js';
import type { Task } from '../../../contract/task-schema.js';
import { frozenNow, inPhase, phaseAt } from '../../../domain/method/phase.js';
import { budgetUsed } from '../../../domain/steering/budget-used.js';
import { budgetLeft } from '../../../domain/loop/budget.js';
import { grant, type Means } from '../../../domain/steering/grant.js';
import { OPEN_STEERING } from '../../../domain/steering/open-steering.js';
import { restartDue } from '../../../domain/steering/restart.js';
import { steer } from '../activities.js';
import type { Loop } from '../loop.js';

/** What a proposal is made under: the task of the present phase, the method's part of the request, and the base. */
export interface Guided {
  task: Task;
  method: ProposalPolicy;
  base: string;
}

const UNGUIDED: Guidance = { directive: null, mechanism: null, parent: null };

export const steeringOf = ({ state }: Loop): Steering => state.steering ?? OPEN_STEERING;

/** Whether the loop's mechanism is still asked: it has one, and it never broke. */
export const isSteered = (loop: Loop): boolean =>
  loop.input.method !== undefined &&
  loop.input.method.policy.mechanism !== null &&
  steeringOf(loop).record.faults.length === 0;

/** How many of so many proposals may be asked for in one go: a directive is for one, unless it says otherwise. */
export const guidedCount = (loop: Loop, count: number): number => {
  const { method } = loop.input;
  if (method === undefined) return count;
  if (!isSteered(loop)) return Math.min(count, method.policy.batch ?? count);
  return Math.min(count, Math.max(1, steeringOf(loop).current?.left ?? 0));
};

const remember = (loop: Loop, answer: Steered, experiments: readonly number[]): void => {
  const { guidance, base, state, observed, record } = answer;
  const { directive } = guidance;
  const before = steeringOf(loop);
  const { branchCommit } = loop.state.incumbent ?? { branchCommit: loop.input.source.baseCommit };
  // a move is one candidate, and so is a trial's next look: a second one like it would be its twin
  const batch =
    directive?.move === undefined && guidance.again === undefined
      ? (directive?.batch ?? loop.input.method?.policy.batch ?? 1)
      : 1;
  const left = Math.max(0, batch - experiments.length);
  const moves = directive?.move ?? [];
  const pending = experiments.map((experiment) => ({ experiment, operator: 'mechanism', moves }));
  loop.state.steering = {
    ...before,
    state,
    observed,
    record,
    current: left === 0 ? null : { guidance, base: base ?? branchCommit, left },
    pending: [
      ...before.pending.filter(({ experiment }) => !experiments.includes(experiment)),
      ...(moves.length === 0 ? [] : pending),
    ],
  };
  const fault = record.faults.at(-1);
  if (fault !== undefined && before.record.faults.length === 0)
    loop.event(
      'notice',
      `mechanism ${guidance.mechanism ?? ''} broke (${fault}): the loop goes on without it, and says nothing about it`,
    );
};

const meansOf = (loop: Loop, experiments: readonly number[]): Means => {
  const left = budgetLeft(loop.state, loop.reserved(), Date.now()).experiments;
  return {
    looks: loop.state.contests === undefined && loop.input.research === undefined,
    experiments: left + experiments.length,
  };
};

const ask = async (
  loop: Loop,
  method: MethodInForce,
  experiments: readonly number[],
): Promise<Steered | null> => {
  const { state, input } = loop;
  const { incumbent, noise, sinceKeep } = state;
  const [experiment] = experiments;
  if (incumbent === null || experiment === undefined) return null;
  const { loop: id, task, source } = input;
  const { repository, prefix, baseCommit } = source;
  const { state: memory, observed, record, pending } = steeringOf(loop);
  return await steer.executeWithOptions(
    { summary: `ask ${method.policy.mechanism?.name ?? 'where to start from'}` },
    [
      {
        loop: id,
        task,
        source: { repository, prefix, baseCommit },
        policy: method.policy,
        experiment,
        incumbent,
        noise,
        ...budgetUsed(state, Date.now()),
        sinceKeep,
        steering: { state: memory, observed, record, pending },
      },
    ],
  );
};

const isTakenOut = ({ record }: Steering, loop: Loop): boolean =>
  record.faults.length === 0 && steeringOf(loop).record.faults.length > 0;

/** One question at a time: each begins with the state that the one before has left. */
const guidanceFor = async (
  loop: Loop,
  method: MethodInForce,
  experiments: readonly number[],
): Promise<{ guidance: Guidance; base: string | null }> => {
  while (loop.steering) await condition(() => !loop.steering);
  const { current } = steeringOf(loop);
  const { branchCommit } = loop.state.incumbent ?? { branchCommit: null };
  if (current !== null && current.left >= experiments.length) {
    loop.state.steering = {
      ...steeringOf(loop),
      current:
        current.left === experiments.length ? null : { ...current, left: current.left - experiments.length },
    };
    return {
      guidance: current.guidance,
      base: current.guidance.parent === null ? branchCommit : current.base,
    };
  }
  if (!isSteered(loop) && !restartDue(method.policy, loop.state.sinceKeep))
    return { guidance: UNGUIDED, base: null };
  loop.steering = true;
  try {
    // a mechanism is to see every verdict that there is
    await condition(() => loop.toSettle.length + loop.settling === 0);
    const before = steeringOf(loop);
    const answer = await ask(loop, method, experiments);
    if (answer === null) return { guidance: UNGUIDED, base: null };
    // taken out while it was asked
    if (isTakenOut(before, loop)) return { guidance: UNGUIDED, base: null };
    const granted = { ...answer, guidance: grant(answer.guidance, meansOf(loop, experiments)) };
    remember(loop, granted, experiments);
    return granted;
  } finally {
    loop.steering = false;
    loop.changed = true;
  }
};

/** What the method says of the next proposals; its mechanism is asked where there is one. */
export const guide = async (
  loop: Loop,
  method: MethodInForce,
  experiments: readonly number[],
): Promise<Guided> => {
  const { guidance, base } = await guidanceFor(loop, method, experiments);
  const { policy } = method;
  const { t, T } = budgetUsed(loop.state, Date.now());
  const phase = phaseAt(policy, T > 0 ? t / T : 0);
  const { walk } = steeringOf(loop);
  const goesOn = base === null && walk !== null && guidance.parent === null ? walk : null;
  const { prompt, context, constraints, memory } = policy;
  return {
    task: inPhase(loop.input.task, phase),
    method: {
      prompt,
      context,
      constraints,
      memory,
      freeze: frozenNow(policy, phase),
      guidance: goesOn === null ? guidance : { ...guidance, parent: goesOn.experiment },
    },
    base: base ?? goesOn?.commit ?? loop.state.incumbent?.branchCommit ?? loop.input.source.baseCommit,
  };
};
