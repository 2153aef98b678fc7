import type { Random } from '../random.js';

/** A draw from N(0, 1). (Box and Muller 1958.) */
export const normalDraw = (draws: Random): number =>
  Math.sqrt(-2 * Math.log1p(-draws.next())) * Math.cos(2 * Math.PI * draws.next());
