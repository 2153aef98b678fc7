import { random } from '../../src/domain/random.js';

/** Normal and uniform draws under a name: the same name, the same draws. */
export const draws = (...name: (string | number)[]) => {
  const stream = random('tests', ...name);
  const next = (): number => stream.next();
  const normal = (): number => Math.sqrt(-2 * Math.log1p(-next())) * Math.cos(2 * Math.PI * next());
  return { next, normal };
};

export const times = <T>(n: number, make: (i: number) => T): T[] =>
  Array.from({ length: n }, (_, i) => make(i));
