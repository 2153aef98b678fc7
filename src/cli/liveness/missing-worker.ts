import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { engineState } from '../../embedded/index.js';
import type { Settings } from '../../workers/settings.js';
import { controlServed, deviceServed, type Asked } from './queue-served.js';

/** A worker that a loop can't go on without. */
export interface MissingWorker {
  kind: 'control' | 'device';
  text: string;
  fix: string;
}

/** One that restarts is back within this time. */
const RESTART_MS = 2000;
/** As the contract names the activities, and as Temporal's API counts an activity's states. */
const RUN = 'runCandidate';
const AWAIT = 'awaitDevice';
const SCHEDULED = 1;

const howToStart = (settings: Settings, service: string, command: string): string => {
  const { keeper, services } = engineState(settings);
  const kept = keeper ? services.find(({ name }) => name.startsWith(service)) : undefined;
  if (kept !== undefined)
    return `It is started again by itself; ${settings.home}/logs/${kept.name}.log says why if it stays away.`;
  return settings.temporal.kind === 'embedded'
    ? '`autolift up` starts it.'
    : `\`${command}\` starts one on any machine that reaches the servers, \`autolift up\` one on this machine.`;
};

export const noControl = (settings: Settings): MissingWorker => ({
  kind: 'control',
  text: 'no control worker is running; nothing is lost, loops wait and go on once there is one',
  fix: howToStart(settings, 'control', 'autolift worker control'),
});

const noDevice = (settings: Settings, device: string): MissingWorker => ({
  kind: 'device',
  text: `no worker serves the device class ${device}; nothing is lost, its runs wait for one`,
  fix:
    device === 'cpu'
      ? howToStart(settings, 'device-', 'autolift worker device')
      : `\`autolift worker device --class ${device}\` starts one on a host that has it.`,
});

/** Tells that no control worker lives; one that merely restarts is waited for. */
export const missingControl = async (asked: Asked): Promise<MissingWorker | null> => {
  const deadline = Date.now() + RESTART_MS;
  while (!(await controlServed(asked))) {
    if (Date.now() > deadline) return noControl(asked.settings);
    await sleep(200);
  }
  return null;
};

const waitingFor = ({ raw }: WorkflowExecutionDescription): Set<string> => {
  const runs = (raw.pendingActivities ?? []).filter(({ activityType }) => activityType?.name === RUN);
  const queues = runs
    .filter(({ state }) => Number(state) === SCHEDULED)
    .map(({ activityOptions }) => activityOptions?.taskQueue?.name ?? '');
  return new Set(queues.flatMap((queue) => /^device\.(.+)$/.exec(queue)?.[1] ?? []));
};

/** A loop that has not begun waits in an activity of its own, which fails in words until somebody serves a class. */
const notBegun = ({ raw }: WorkflowExecutionDescription): MissingWorker | null => {
  const waits = (raw.pendingActivities ?? []).find(({ activityType }) => activityType?.name === AWAIT);
  const text = waits?.lastFailure?.message ?? '';
  if (text === '') return null;
  const fix = '`autolift worker device --class CLASS` starts one on a host that has such a device.';
  return { kind: 'device', text, fix };
};

/** Tells of a device class that a run of this loop waits for and nobody serves. */
export const missingDevice = async (
  asked: Asked,
  described: WorkflowExecutionDescription,
): Promise<MissingWorker | null> => {
  for (const device of waitingFor(described))
    if (!(await deviceServed(asked, device))) return noDevice(asked.settings, device);
  return notBegun(described);
};
