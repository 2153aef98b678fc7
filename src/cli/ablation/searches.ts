import { SEARCHED, type AblationInput, type Arm, type SearchedArm } from '../../contract/ablation.js';
import type { Research } from '../../contract/research.js';
import type { Proposer, Task } from '../../contract/task-schema.js';
import { levelNumber } from '../../contract/lift-level.js';
import { UserError } from '../../contract/user-error.js';
import type { Wanted } from './ablation-flags.js';
import type { Outer } from './resolve-study.js';

/** `mutate` turns literals, and a dialogue ends in a mechanism: neither does the other's work. */
const canSearch = (arm: SearchedArm, { kind }: { kind: string }): boolean =>
  arm === 'B' ? kind !== 'research' : arm === 'C' || kind !== 'mutate';

const proposersFor = (arm: SearchedArm, { task, taskFile }: Outer, writes: boolean): Proposer[] => {
  const all = [task.proposer].flat();
  const able = all.filter((one) => canSearch(arm, one));
  if (able.length > 0 && (arm === 'B' || writes || able.some(({ kind }) => kind !== 'mutate'))) return able;
  throw new UserError(
    arm === 'B'
      ? 'nobody here proposes parameters, which arm B searches'
      : `nobody here writes mechanisms, which arm ${arm} searches`,
    `${taskFile}: proposer`,
    `Add a proposer that does, give a method with --method ${arm}=<ref>, or leave ${arm} out of --arms.`,
  );
};

const checkOuter = ({ task, taskFile }: Outer): void => {
  if (task.level !== 'R4')
    throw new UserError(
      `a search for a method is of level R4, and ${task.name} of ${task.level}`,
      taskFile,
      'Ablate an outer task of level R4, or give methods with --method.',
    );
  if (task.holdout !== undefined || task.approval)
    throw new UserError(
      `${task.name} asks ${task.approval ? 'a person' : 'a holdout'} before it keeps anything`,
      taskFile,
      'An ablation runs by itself and would spend its budget; ablate a copy without it.',
    );
};

const searchTask = (
  arm: SearchedArm,
  outer: Outer,
  { wanted, writes }: { wanted: Wanted; writes: boolean },
): Task => ({
  ...outer.task,
  editable: [...SEARCHED[arm]],
  proposer: proposersFor(arm, outer, writes),
  budget: {
    ...outer.task.budget,
    ...(wanted.outerExperiments === undefined ? {} : { experiments: wanted.outerExperiments }),
  },
});

/** The outer loops that find the methods of arms for which none was given. */
export const searchesFor = (
  arms: readonly Arm[],
  study: { outer: Outer | null; research: Research },
  given: { wanted: Wanted; writes: boolean },
): AblationInput['searches'] => {
  const { outer, research } = study;
  const open = (['B', 'C', 'D'] as const).filter(
    (arm) => arms.includes(arm) && given.wanted.methods[arm] === undefined,
  );
  const [first] = open;
  if (first === undefined) return {};
  if (outer === null)
    throw new UserError(
      `arm ${first} needs a method, and plain tasks have no outer loop to find one`,
      '--arms',
      `Give one with --method ${first}=<ref>, name an outer task, or leave ${first} out of --arms.`,
    );
  checkOuter(outer);
  return Object.fromEntries(
    open.map((arm) => [
      arm,
      {
        v: 1 as const,
        level: levelNumber(outer.task.level),
        task: searchTask(arm, outer, given),
        source: outer.source,
        forkedFrom: null,
        research,
      },
    ]),
  );
};
