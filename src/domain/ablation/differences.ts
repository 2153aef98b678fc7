import type { Arm, CellEnd } from '../../contract/ablation.js';
import { mean } from '../statistics.js';

export interface Differences {
  /** one a repeat: the mean over the tasks, which are the same for both arms and so no source of chance */
  d: number[];
  /** repeats in which a cell of either arm failed on one of the tasks, or is missing */
  missing: number;
}

/** u of an arm on a task in a repeat, by those. */
type Table = ReadonlyMap<string, number>;

const keyOf = (arm: Arm, task: number, repeat: number): string => `${arm}/${String(task)}/${String(repeat)}`;

export const tableOf = (cells: readonly CellEnd[]): Table =>
  new Map(
    cells.flatMap(({ arm, task, repeat, u }) => (u === null ? [] : [[keyOf(arm, task, repeat), u] as const])),
  );

/** Paired differences by repeat: both arms had the same seeds, and a repeat without all its pairs says nothing. */
export const differences = (
  table: Table,
  { lifted, base }: { lifted: Arm; base: Arm },
  { tasks, n }: { tasks: readonly number[]; n: number },
): Differences => {
  const d: number[] = [];
  for (let repeat = 0; repeat < n; repeat++) {
    const pairs = tasks.flatMap((task) => {
      const above = table.get(keyOf(lifted, task, repeat));
      const below = table.get(keyOf(base, task, repeat));
      return above === undefined || below === undefined ? [] : [above - below];
    });
    if (pairs.length === tasks.length) d.push(mean(pairs));
  }
  return { d, missing: n - d.length };
};
