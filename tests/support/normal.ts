import type { Random } from '../../src/domain/random.js';

/** A standard normal draw from two uniform ones (Box and Muller). */
export const normal = (draw: Random): number =>
  Math.sqrt(-2 * Math.log(1 - draw.next())) * Math.cos(2 * Math.PI * draw.next());
