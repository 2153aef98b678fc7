import type { Parent, Research } from '../../contract/research.js';
import { measurementSeed } from '../seed.js';
import { childLoop } from './child-names.js';

/** One child loop of a measurement. */
export interface Unit {
  /** position of its task in the study */
  task: number;
  /** `<task>.<repeat>`: names its u and its cost among the measurement's metrics */
  name: string;
  /** id of its workflow and its loop */
  loop: string;
  seed: number;
}

/** Sets seeds of units apart from those of a loop's own experiments, which are numbered from 0. */
const SEED_OF_A_UNIT = 7919;

/**
 * The child loops of a measurement, in the order in which they are run: task by task within each repeat, so that what
 * drifts meanwhile falls on all tasks. A candidate and the incumbent that it is compared with get the same seeds.
 */
export const unitsOf = (parent: Parent, { tasks, repeats }: Research, seed: number): Unit[] => {
  const names = tasks.map(({ task }) => task.name);
  return Array.from({ length: repeats }, (_, repeat) =>
    names.map((name, task) => ({
      task,
      name: `${name}.${String(repeat)}`,
      loop: childLoop(parent, name, repeat),
      seed: measurementSeed(seed, SEED_OF_A_UNIT * (task + 1), repeat),
    })),
  ).flat();
};
