import type { Called, HostedMechanism, MechanismFault } from '../../contract/mechanism-run.js';
import type { Mechanism } from '../../contract/mechanism.js';
import { TRAIN } from '../simulation/families.js';
import { openInstance } from '../simulation/instance.js';
import { PLAIN, RESETS } from '../simulation/loop-setting.js';
import { DEFAULTS } from '../simulation/parameters.js';
import { runLoop } from '../simulation/run-loop.js';
import { scoreOf } from '../simulation/study-arms.js';
import type { DryRun } from './dry-run.js';
import { Broke } from './play.js';

const INSTANCES = 6;

/** A hosted mechanism as the simulator asks it. The simulator goes on without one that broke: `fault` says that it did. */
const asAsked = (hosted: HostedMechanism): { mechanism: Mechanism; fault: () => MechanismFault | null } => {
  let fault: MechanismFault | null = null;
  const taken = <T>(called: Called<T>): T => {
    if (called.ok) return called.value;
    fault ??= called.fault;
    throw new Broke(called.fault, 'a simulated loop');
  };
  const mechanism: Mechanism = {
    meta: hosted.meta,
    init: (context) => taken(hosted.init(context)),
    propose: (context, state) => {
      const { directive, state: next } = taken(hosted.propose(context, state));
      // the simulator checks what it is told to do
      return [directive as unknown as ReturnType<Mechanism['propose']>[0], next];
    },
    observe: (trial, state) => taken(hosted.observe(trial, state)),
  };
  return { mechanism, fault: () => fault };
};

const illegal = (message: string): MechanismFault => ({
  kind: 'illegal',
  message,
  during: 'propose',
  where: null,
});

/** The four training families, six instances each; both arms forget as often, so that only the mechanism differs. */
export const simulatedDryRun = (): DryRun => {
  const plain = new Map<number, number>();
  const run = (mechanism: Mechanism | null, task: number): ReturnType<typeof runLoop> => {
    const family = TRAIN[task % TRAIN.length];
    if (family === undefined) throw new RangeError(`there is no task ${String(task)}`);
    const instance = openInstance(family, `gate/${String(Math.floor(task / TRAIN.length))}`);
    return runLoop({ ...PLAIN, parameters: DEFAULTS, resets: RESETS, instance, mechanism });
  };
  const withNone = (task: number): number => {
    const known = plain.get(task) ?? scoreOf(run(null, task));
    plain.set(task, known);
    return known;
  };
  return {
    tasks: TRAIN.length * INSTANCES,
    score: (hosted, task) => {
      if (hosted === null) return withNone(task);
      const { mechanism, fault } = asAsked(hosted);
      const end = run(mechanism, task);
      const broke = fault() ?? (end.record.faults[0] === undefined ? null : illegal(end.record.faults[0]));
      if (broke !== null) throw new Broke(broke, `simulated loop ${String(task + 1)}`);
      return scoreOf(end);
    },
  };
};
