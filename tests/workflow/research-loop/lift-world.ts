import type { LoopInput } from '../../../src/contract/loop.js';
import type { Task } from '../../../src/contract/task-schema.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';

export const below = (name: string, experiments = 2): Task => taskWith({ name, budget: { experiments } });

export interface Study {
  tasks?: Task[];
  repeats?: number;
  extra?: Parameters<typeof taskWith>[0];
}

/** A loop over loops: each child minimises a loss that starts at 10 and counts as won at 0. */
export const liftInput = (
  loop: string,
  { tasks = [below('one'), below('two')], repeats = 3, extra = {} }: Study,
): LoopInput => {
  const task = taskWith({
    name: 'lift',
    level: 'R4',
    editable: ['method/process/**'],
    run: { command: ':', budget: 100 },
    measure: { metric: { name: 'u', direction: 'maximize' } },
    acceptance: { rule: 'lift', nmax: 6 },
    budget: { experiments: 2 },
    ...extra,
  });
  const { source } = loopInput('below/x', tasks[0] ?? task);
  return {
    ...loopInput(loop, task),
    level: 4,
    research: {
      tasks: tasks.map((one) => ({ task: one, source, target: 0, base: null })),
      repeats,
      rescore: 2,
      parallel: 2,
    },
  };
};

/** Candidate 1 of the lift finds a loss of 2 in its loops; the incumbent and candidate 2 find 8. */
export const world = (options: ConstructorParameters<typeof FakeEngine>[1] = {}) =>
  new FakeEngine((experiment, { loop, role }) => {
    if (role === 'baseline' || (experiment === 0 && role !== 'incumbent')) return 10;
    return (loop?.id ?? '').includes('/1-candidate') ? 2 : 8;
  }, options);

export const childrenOf = (engine: FakeEngine): string[] => [
  ...new Set(engine.runs.map(({ loop }) => loop?.id ?? '')),
];
