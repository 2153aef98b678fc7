import type { AblationInput, Arm, Cell } from '../../contract/ablation.js';
import { random } from '../random.js';
import { measurementSeed } from '../seed.js';

/** Rules of their own in the seeds, so that no cell draws what a search draws. */
const SEED_OF_A_CELL = 104_729;
const SEED_OF_A_SEARCH = 1_299_709;

type Named = Pick<AblationInput, 'id' | 'attempt' | 'research'>;

const shuffled = (arms: readonly Arm[], seed: number, at: string): Arm[] => {
  const draw = random('arms', seed, at);
  const rest = [...arms];
  return arms.map(() => rest.splice(draw.int(rest.length), 1)[0] as Arm);
};

/** Every cell in the order in which they are run: what drifts meanwhile falls on all arms, none of which is always first. */
export const cellsOf = ({
  arms,
  n,
  seed,
  research,
}: Pick<AblationInput, 'arms' | 'n' | 'seed' | 'research'>): Cell[] =>
  Array.from({ length: n }, (_, repeat) =>
    research.tasks.flatMap((_task, task) =>
      shuffled(arms, seed, `${String(task)}/${String(repeat)}`).map((arm) => ({ arm, task, repeat })),
    ),
  ).flat();

export const cellKey = ({ arm, task, repeat }: Cell): string => `${arm}/${String(task)}/${String(repeat)}`;

/** The same for all arms of a repeat. */
export const cellSeed = (seed: number, { task, repeat }: Omit<Cell, 'arm'>): number =>
  measurementSeed(seed, SEED_OF_A_CELL * (task + 1), repeat);

export const searchSeed = (seed: number, index: number): number =>
  measurementSeed(seed, SEED_OF_A_SEARCH, index);

const rootOf = ({ id, attempt }: Named): string => (attempt === 1 ? id : `${id}/again-${String(attempt)}`);

/** `+` has a meaning in addresses. */
const armName = (arm: Arm): string => arm.replace('+', '-plus');

/** Id of a cell's loop. */
export const cellLoop = (named: Named, { arm, task, repeat }: Cell): string =>
  `${rootOf(named)}/${armName(arm)}/${named.research.tasks[task]?.task.name ?? ''}.${String(repeat)}`;

/** Id of an outer search's loop. */
export const searchLoop = (named: Named, arm: Arm, index: number): string =>
  `${rootOf(named)}/search-${armName(arm)}/${String(index)}`;
