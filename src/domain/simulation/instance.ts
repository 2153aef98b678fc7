import { type Random, random } from '../random.js';
import { type Family, type Landscape, START } from './landscape.js';

/** One task of the benchmark: a landscape on a scale from 0 at the start to 1 at its optimum. */
export interface Instance extends Landscape {
  family: string;
  /** fixes everything random about it; runs add their own names */
  seed: string;
}

/** The n-th instance of a family in a study. */
export const openInstance = (family: Family, seed: string): Instance => {
  const draw: Random = random('instance', family.name, seed);
  const landscape = family.make(draw);
  const zero = landscape.value(START);
  const one = landscape.value(landscape.optimum);
  if (!(one > zero)) throw new RangeError(`${family.name} ${seed} has nothing to find`);
  return {
    family: family.name,
    seed: `${family.name}/${seed}`,
    optimum: landscape.optimum,
    value: (levels) => (landscape.value(levels) - zero) / (one - zero),
  };
};
