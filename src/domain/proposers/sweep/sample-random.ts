import type { Random } from '../../random.js';
import type { Dimension } from './dimension.js';

/** A place anywhere within the bounds, whatever was measured: the arm that every other sampler has to beat. */
export const sampleRandom = (dimensions: readonly Pick<Dimension, 'axis'>[], random: Random): number[] =>
  dimensions.map(({ axis: { kind, low, high, log } }) => {
    if (kind === 'choice' || (kind === 'int' && !log)) return low + random.int(high - low + 1);
    const place = log ? low * (high / low) ** random.next() : low + (high - low) * random.next();
    return kind === 'int' ? Math.round(place) : place;
  });
