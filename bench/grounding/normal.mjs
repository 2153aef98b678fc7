import { random } from '../../dist/domain/random.js';

/** A named stream of standard normal numbers and of uniform ones. */
export const stream = (...name) => {
  const { next } = random('grounding', ...name);
  const normal = () => Math.sqrt(-2 * Math.log1p(-next())) * Math.cos(2 * Math.PI * next());
  return { next, normal };
};
