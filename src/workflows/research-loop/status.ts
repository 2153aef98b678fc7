import type { HoldoutStatus } from '../../contract/holdout.js';
import type { MethodInForce } from '../../contract/method.js';
import { branchName } from '../../contract/names.js';
import { vaultName } from '../../contract/steward.js';
import type { LoopResult, LoopStatus } from '../../contract/loop.js';
import { preferenceKey, preferences } from '../../domain/device/preferences.js';
import { baselineNow } from '../../domain/loop/baseline-now.js';
import { elapsedSeconds } from '../../domain/loop/budget.js';
import { childrenInWords } from '../../domain/research/child-names.js';
import { validateOf } from '../../domain/validation/validate-of.js';
import { NO_ANSWERS } from '../../domain/validation/tally.js';
import { promotionStatus } from '../../domain/promotion/promotion-status.js';
import { whatStands } from '../../domain/promotion/what-stands.js';
import { inertReason, standingOf } from '../../domain/steering/mechanism-standing.js';
import { contestStatus } from '../../domain/contest/contest-status.js';
import type { Loop } from './loop.js';
import { steeringOf } from './steering/guide.js';

const holdoutStatus = ({ input, state, asking }: Loop): HoldoutStatus | null => {
  const validate = validateOf(input.task);
  if (validate === null) return null;
  const vault = vaultName(input.task.holdout?.vault ?? '');
  return { ...(state.holdout ?? NO_ANSWERS), vault, validate, asking };
};

const methodStatus = (
  { ref, hash, policy }: MethodInForce,
  loop: Loop,
): NonNullable<LoopStatus['method']> => {
  if (policy.mechanism === null) return { ref, hash, mechanism: null };
  const { record } = steeringOf(loop);
  const inert = inertReason(record, loop.state.spent.experiments);
  const said = inert === null ? {} : { inert };
  return { ref, hash, mechanism: { name: policy.mechanism.name, ...record, ...said } };
};

/** Absent without a mechanism. */
const mechanismOf = (loop: Loop): Pick<LoopResult, 'mechanism'> => {
  const { input, state } = loop;
  if (input.method === undefined || input.method.policy.mechanism === null) return {};
  return { mechanism: standingOf(steeringOf(loop).record, state.spent.experiments) };
};

/** What there was to choose of, and whom it waits for. */
const deviceStatus = ({ input, state, unserved }: Loop): Pick<LoopStatus, 'device' | 'unserved'> => {
  const device = state.devices?.[preferenceKey(preferences(input.task))];
  return { ...(device === undefined ? {} : { device }), ...(unserved === null ? {} : { unserved }) };
};

/** What a person or a program sees of a loop. */
export const statusOf = (loop: Loop): LoopStatus => {
  const { input, state } = loop;
  const { name, direction } = input.task.measure.metric;
  const now = loop.pausedAt ?? Date.now();
  return {
    loop: input.loop,
    task: input.task.name,
    level: input.level,
    ...(input.epoch === undefined ? {} : { epoch: input.epoch.number }),
    ...(input.method === undefined ? {} : { method: methodStatus(input.method, loop) }),
    phase: state.phase,
    note: state.note,
    metric: { name, direction },
    ...deviceStatus(loop),
    branch: branchName(input.tag),
    incumbent: whatStands(state),
    promotion: promotionStatus(state, loop.promoting),
    ...(state.contests === undefined ? {} : { contest: contestStatus(input.task.acceptance, state) }),
    holdout: holdoutStatus(loop),
    ...(state.alarms === undefined ? {} : { alarms: state.alarms }),
    baseline: baselineNow(state),
    noise: state.noise,
    spent: state.spent,
    budget: state.budget,
    elapsedSeconds: elapsedSeconds(state, now),
    outcomes: state.outcomes,
    recent: state.recent,
    running: [...loop.inFlight]
      .filter(([, one]) => one.stage !== 'proposing')
      .map(([experiment, { idea, waitingFor }]) => ({
        experiment,
        idea,
        waitingFor: childrenInWords(experiment, [...loop.children.keys()]) || waitingFor,
      })),
    waiting: state.waiting.length,
    awaitingApproval: state.awaiting.map(({ prepared, reason }) => ({
      experiment: prepared.experiment,
      idea: prepared.idea,
      reason,
    })),
    hints: state.hints,
  };
};

export const resultOf = (loop: Loop): LoopResult => {
  const { input, state, rescored } = loop;
  return {
    loop: input.loop,
    stopped: state.note,
    incumbent: whatStands(state),
    baseline: baselineNow(state),
    spent: state.spent,
    outcomes: state.outcomes,
    ...(state.holdout === undefined ? {} : { holdout: state.holdout }),
    ...(input.parent === undefined ? {} : { noise: state.noise }),
    ...(rescored === undefined ? {} : { rescored }),
    ...mechanismOf(loop),
    ...(state.alarms === undefined ? {} : { alarms: state.alarms }),
  };
};
