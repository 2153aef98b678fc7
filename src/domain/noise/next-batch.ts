import type { NoiseRun } from '../../contract/noise.js';
import { random } from '../random.js';

export type StudyStep = Pick<NoiseRun, 'seed' | 'arm'>;

/** A metric that gave one value on so many seeds, twice each, is taken to have no noise. */
const ENOUGH_SEEDS = 3;

const alike = (runs: readonly Pick<NoiseRun, 'value'>[]): boolean =>
  runs.every(({ value }) => value !== null && value === runs[0]?.value);

const shuffled = (seeds: readonly number[]): number[] => {
  const draws = random('second pass', seeds.length);
  const left = [...seeds];
  return seeds.map(() => left.splice(draws.int(left.length), 1)[0] as number);
};

/** Never first whoever was run last. */
const apartFrom = (last: number | undefined, [first, ...rest]: readonly number[]): number[] =>
  first === undefined ? [] : first === last ? [...rest, first] : [first, ...rest];

/**
 * What a study runs next, all of it at once; nothing where it is over. All seeds once, then all once more in an order of
 * chance: where runs of one seed followed each other, whatever changes with time would make them alike, and the seed
 * would be thanked for it. One run first, since the artifact may not run at all; a metric without noise ends it early.
 */
export const nextBatch = (
  made: readonly Pick<NoiseRun, 'seed' | 'arm' | 'value'>[],
  repeats: number,
): StudyStep[] => {
  if (made.length === 0) return [{ seed: 0, arm: 0 }];
  const enough = Math.min(ENOUGH_SEEDS, repeats);
  const missing = (arm: 0 | 1, seeds: number): number[] =>
    Array.from({ length: seeds }, (_, seed) => seed).filter(
      (seed) => !made.some((run) => run.seed === seed && run.arm === arm),
    );
  const batch = (arm: 0 | 1, seeds: readonly number[]) => seeds.map((seed): StudyStep => ({ seed, arm }));
  const again = (seeds: number): StudyStep[] =>
    batch(1, apartFrom(made.at(-1)?.seed, shuffled(missing(1, seeds))));
  if (missing(0, enough).length > 0) return batch(0, missing(0, enough));
  const begun = made.filter(({ seed }) => seed < enough);
  if (alike(begun) && missing(1, enough).length > 0) return again(enough);
  if (enough === ENOUGH_SEEDS && alike(made)) return [];
  return missing(0, repeats).length > 0 ? batch(0, missing(0, repeats)) : again(repeats);
};
