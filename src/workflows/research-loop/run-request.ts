import type { LoopInput } from '../../contract/loop.js';
import type { Role } from '../../contract/measurement.js';
import type { RunRequest } from '../../contract/run-schema.js';
import { classOf } from '../../domain/device/preferences.js';
import { hiddenFiles } from '../../domain/epoch/hidden-files.js';
import { measurementSeed } from '../../domain/seed.js';
import { runTimeout } from './activities.js';
import type { Curve } from '../../domain/early-stop/hopeless.js';
import { watchOf } from '../../domain/early-stop/watch-of.js';

export interface RunPlan {
  experiment: number;
  role: Role;
  /** nth measurement of this role; index and experiment fix the seed */
  index: number;
  commit: string;
  guards: boolean;
  /** number of a seed that this run shares with others of the loop, whatever their experiment */
  seed?: number;
  /** a candidate's first run: it may be given up for the incumbent's curve, where the task says so */
  mayStopEarly?: boolean;
  /** the incumbent's curve, where it is one */
  against?: Curve;
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

/** A planned run spelled out for the device worker; on the first device class that the task prefers. */
export const runRequest = (
  input: Pick<LoopInput, 'task' | 'source' | 'loop'>,
  plan: RunPlan,
  trustClaims: boolean,
): RunRequest => {
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
    device: classOf(task),
    devices: run.devices ?? 1,
    loop: { id: loop, concurrency: task.concurrency },
    run: {
      command: run.command,
      timeoutSeconds: runTimeout(task),
      ...sharing(task, plan.fidelity),
      memoryBytes: run.memory === undefined ? null : Math.round(run.memory),
      network: run.network,
      read: run.read,
      hide: run.hide,
      ...(run.warm === undefined ? {} : { warm: run.warm }),
    },
    ...watchOf(task, plan),
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
