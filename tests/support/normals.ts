import { random } from '../../src/domain/random.js';

/** A stream of standard normal numbers by Box and Muller, fixed by its name. */
export const normals = (...name: (string | number)[]): (() => number) => {
  const uniform = random(...name);
  return () => Math.sqrt(-2 * Math.log1p(-uniform.next())) * Math.cos(2 * Math.PI * uniform.next());
};
