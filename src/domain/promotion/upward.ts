import type { Direction } from '../score.js';

/** A metric's value so that higher is better, as everywhere in promotion; applied twice it is the value again. */
export const upward = (direction: Direction, value: number): number =>
  direction === 'minimize' ? 0 - value : value;
