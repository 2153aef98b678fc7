import { proxyActivities } from '@temporalio/workflow';
import type { ControlActivities, DeviceActivities } from '../../contract/activities.js';
import type { Researcher } from '../../contract/dialogue.js';
import { CONTROL_QUEUE, deviceQueue } from '../../contract/names.js';
import type { Task } from '../../contract/task-schema.js';
import { queueOrder } from '../../domain/device/queue-order.js';

/** Workers tell every two seconds that they live, and the server hears it every five at least. */
const HEARTBEAT_TIMEOUT = '12s';

const NEVER_GIVE_UP = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' } as const;

/** Git and ledger: short, idempotent, repeated until they succeed or are refused for good. */
export const {
  openLoop,
  settle,
  rebase,
  compose,
  plant,
  projectMethod,
  evaluatorChanges,
  environmentChanges,
  inspectData,
  livingClasses,
  selfTest,
  steer,
} = proxyActivities<ControlActivities>({
  taskQueue: CONTROL_QUEUE,
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: HEARTBEAT_TIMEOUT,
  retry: NEVER_GIVE_UP,
});

/** Ends by itself: what the gates can't come to an end with in three attempts of half an hour is a finding. */
export const { examine } = proxyActivities<ControlActivities>({
  taskQueue: CONTROL_QUEUE,
  startToCloseTimeout: '35 minutes',
  heartbeatTimeout: HEARTBEAT_TIMEOUT,
  retry: NEVER_GIVE_UP,
});

/** Asked again by the server while nobody serves a device: that adds nothing to the loop's history. */
export const { awaitDevice } = proxyActivities<ControlActivities>({
  taskQueue: CONTROL_QUEUE,
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: HEARTBEAT_TIMEOUT,
  retry: { initialInterval: '1s', backoffCoefficient: 1.5, maximumInterval: '5s' },
  cancellationType: 'TRY_CANCEL',
});

const MODEL_TIMEOUT_MARGIN_SECONDS = 120;

/** For the gates of a mechanism that a candidate of an outer loop brings along: seconds, and never beyond their own half an hour. */
const GATES_SECONDS = 35 * 60;

/** Asking a proposer may take as long as its model or agent; its own retries are bounded. */
export const proposeFor = (
  task: Task,
): ControlActivities['propose'] & Summarised<ControlActivities['propose']> => {
  const proposers = Array.isArray(task.proposer) ? task.proposer : [task.proposer];
  const seconds = proposers.map((one) => {
    // a dialogue's rounds are activities of their own
    if (one.kind === 'mutate' || one.kind === 'research') return 60;
    return one.kind === 'openai' ? one.timeout * one.attempts : one.timeout;
  });
  const gates = task.level === 'R4' || task.research !== undefined ? GATES_SECONDS : 0;
  return proxyActivities<ControlActivities>({
    taskQueue: CONTROL_QUEUE,
    startToCloseTimeout: (Math.max(...seconds) + MODEL_TIMEOUT_MARGIN_SECONDS + gates) * 1000,
    heartbeatTimeout: HEARTBEAT_TIMEOUT,
    retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '2 minutes', maximumAttempts: 8 },
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  }).propose;
};

interface Summarised<F extends (...args: never[]) => unknown> {
  executeWithOptions(options: { summary: string }, args: Parameters<F>): ReturnType<F>;
}

/** One round of a research dialogue: one answer of a model. */
export const converseWith = ({
  timeout,
}: Researcher): ControlActivities['converse'] & Summarised<ControlActivities['converse']> =>
  proxyActivities<ControlActivities>({
    taskQueue: CONTROL_QUEUE,
    startToCloseTimeout: (timeout + MODEL_TIMEOUT_MARGIN_SECONDS) * 1000,
    heartbeatTimeout: HEARTBEAT_TIMEOUT,
    retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '2 minutes', maximumAttempts: 8 },
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  }).converse;

/** Time beyond the task's own limits for checkout, logs and kill. */
const RUN_MARGIN_SECONDS = 60;

/** Which queue a run goes to, and whose it is. */
export interface RunPlace {
  device: string;
  /** id of a loop, or of whatever else measures */
  of: string;
}

/** A run on a device queue; the heartbeat tells a dead host from a long run. */
export const runOn = (task: Task, { device, of }: RunPlace) => {
  const guards = task.guards.reduce((sum, guard) => sum + guard.timeout, 0);
  const seconds = runTimeout(task) + task.measure.timeout + guards + RUN_MARGIN_SECONDS;
  return proxyActivities<DeviceActivities>({
    taskQueue: deviceQueue(device),
    priority: queueOrder(of, task.priority),
    startToCloseTimeout: seconds * 1000,
    heartbeatTimeout: '20s',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1 minute', maximumAttempts: 10 },
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  }).runCandidate;
};

/** Seconds after which a run's process tree is killed. */
export const runTimeout = (task: Task): number => task.run.timeout ?? 2 * task.run.budget + 10;
