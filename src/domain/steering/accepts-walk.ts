import { random } from '../random.js';

interface Step {
  /** how much worse than what it was made from; at most 0 for a gain */
  loss: number;
  temperature: number;
  seed: number;
  experiment: number;
}

/** Whether annealing goes on from a candidate that is worse: if it is worse by less than T · -ln U. */
export const acceptsWalk = ({ loss, temperature, seed, experiment }: Step): boolean =>
  temperature > 0 && loss < -temperature * Math.log(1 - random('accept', seed, experiment).next());
