import type { LoopInput } from '../../contract/loop.js';
import type { Role } from '../../contract/measurement.js';
import type { RunRequest } from '../../contract/run-schema.js';
import { hiddenFiles } from '../../domain/epoch/hidden-files.js';
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
  /** share of the task's budget that the run gets; absent: all of it */
  fidelity?: number;
}

/** A run is told its share of the budget; under hyperband a whole one too. */
const sharing = ({ run, acceptance }: LoopInput['task'], fidelity = 1) =>
  acceptance.rule === 'hyperband' || fidelity < 1
    ? {
        budgetSeconds: run.budget * fidelity,
        env: { ...run.env, AUTOLIFT_FIDELITY: String(Number(fidelity.toPrecision(6))) },
      }
    : { budgetSeconds: run.budget, env: run.env };

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
      ...sharing(task, plan.fidelity),
      memoryBytes: run.memory === undefined ? null : Math.round(run.memory),
      network: run.network,
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
    hidden: hiddenFiles(task),
    taskFolder: source.taskFolder,
    trustClaims,
    guards: plan.guards
      ? task.guards.map((guard) => ({ command: guard.command, timeoutSeconds: guard.timeout }))
      : [],
  };
};
