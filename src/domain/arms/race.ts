import { finite } from '../evidence/not-finite.js';
import { worseByFriedman } from './friedman.js';
import { worseByT } from './worse-by-t.js';

export interface RaceOptions {
  test: 'friedman' | 't';
  alpha: number;
  /** blocks before the first arm may be dropped; never fewer than 5 */
  firstTest: number;
}

export interface RaceStep {
  alive: number[];
  dropped: number[];
  blocks: number;
}

export const FEWEST_BLOCKS = 5;

/**
 * F-race: all arms that are still alive meet on the same blocks (seeds); after each block past the first five those
 * that are significantly worse than the best are dropped. `matrix[arm][block]` is the value, higher is better; arms
 * need values only up to the block that dropped them. A fold over blocks: later blocks can't revive an arm. For more
 * than two arms. (Birattari et al., GECCO 2002; irace.)
 */
export const race = (matrix: readonly (readonly number[])[], options: RaceOptions): RaceStep => {
  const drop = options.test === 'friedman' ? worseByFriedman : worseByT;
  const first = Math.max(FEWEST_BLOCKS, options.firstTest);
  let alive = matrix.map((_, arm) => arm);
  let blocks = 0;
  for (;;) {
    const rows = alive.map((arm) => matrix[arm] ?? []);
    if (rows.length === 0 || rows.some((row) => row.length <= blocks)) break;
    blocks += 1;
    if (blocks < first || alive.length < 2) continue;
    const table = Array.from({ length: blocks }, (_, block) =>
      rows.map((row) => finite(row[block] ?? Number.NaN, 'a block')),
    );
    const out = new Set(drop(table, options.alpha));
    alive = alive.filter((_, position) => !out.has(position));
  }
  return { alive, dropped: matrix.flatMap((_, arm) => (alive.includes(arm) ? [] : [arm])), blocks };
};
