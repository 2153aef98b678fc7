import type { LoopInput } from '../../contract/loop.js';
import type { Role } from '../../contract/measurement.js';
import type { RunRequest } from '../../contract/run-schema.js';
import { measurementSeed } from '../../domain/seed.js';
import { runTimeout } from './activities.js';

export interface RunPlan {
  experiment: number;
  role: Role;
  /** nth measurement of this role; index and experiment fix the seed */
  index: number;
  commit: string;
  guards: boolean;
  /** number of a seed that this run shares with others of the loop, whatever their experiment */
  seed?: number;
}

/** The first device class that the task prefers. */
export const deviceClassOf = ({ task }: LoopInput): string =>
  Array.isArray(task.run.device) ? (task.run.device[0] ?? 'cpu') : task.run.device;

/** A planned run spelled out for the device worker. */
export const runRequest = (input: LoopInput, plan: RunPlan, trustClaims: boolean): RunRequest => {
  const { task, source, loop } = input;
  const { run, measure } = task;
  const { command } = measure;
  return {
    v: 1,
    key: `${loop}/${String(plan.experiment)}/${plan.role}/${String(plan.index)}${plan.guards ? '/guards' : ''}`,
    source: { remote: source.remote, prefix: source.prefix, commit: plan.commit },
    role: plan.role,
    seed:
      plan.seed === undefined
        ? measurementSeed(task.seed, plan.experiment, plan.index)
        : measurementSeed(task.seed, 0, plan.seed),
    device: deviceClassOf(input),
    loop: { id: loop, concurrency: task.concurrency },
    run: {
      command: run.command,
      timeoutSeconds: runTimeout(task),
      budgetSeconds: run.budget,
      memoryBytes: run.memory === undefined ? null : Math.round(run.memory),
      network: run.network,
      env: run.env,
      read: run.read,
      hide: run.hide,
    },
    metric: {
      name: measure.metric.name,
      file: measure.metric.file ?? null,
      key: measure.metric.key ?? null,
    },
    evaluator:
      command === undefined || source.evaluatorHash === null
        ? null
        : {
            command,
            timeoutSeconds: measure.timeout,
            commit: source.evaluatorCommit,
            hash: source.evaluatorHash,
          },
    editable: task.editable,
    hidden: measure.hidden,
    taskFolder: source.taskFolder,
    trustClaims,
    guards: plan.guards
      ? task.guards.map((guard) => ({ command: guard.command, timeoutSeconds: guard.timeout }))
      : [],
  };
};
