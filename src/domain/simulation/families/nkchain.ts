import { type Family, KNOBS, REACH, START } from '../landscape.js';

const LEVELS = 2 * REACH + 1;

/** Worth of two neighbouring knobs at two levels; knob 12 has no right neighbour. */
export type Links = readonly (readonly (readonly number[])[])[];

const at = (links: Links, knob: number, pair: readonly [number, number]): number =>
  links[knob]?.[pair[0] + REACH]?.[pair[1] + REACH] ?? 0;

/** The best chain and its worth, by dynamic programming from the right end: exact, however rugged. */
export const bestChain = (links: Links): { levels: number[]; value: number } => {
  const span = Array.from({ length: LEVELS }, (_, i) => i - REACH);
  let tails = span.map((level) => ({ levels: [level], value: 0 }));
  for (let knob = links.length - 1; knob >= 0; knob--) {
    tails = span.map((level) => {
      const options = tails.map((tail) => ({
        levels: [level, ...tail.levels],
        value: tail.value + at(links, knob, [level, tail.levels[0] ?? 0]),
      }));
      return options.reduce((best, one) => (one.value > best.value ? one : best));
    });
  }
  return tails.reduce((best, one) => (one.value > best.value ? one : best));
};

export const chainValue = (links: Links, levels: readonly number[]): number =>
  links.reduce((sum, _, knob) => sum + at(links, knob, [levels[knob] ?? 0, levels[knob + 1] ?? 0]), 0);

/** An NK landscape with K = 1: each knob's worth hangs on its right neighbour, by a table of chance. */
export const nkchain: Family = {
  name: 'nkchain',
  make(draw) {
    const table = (): number[][] =>
      START.slice(0, LEVELS).map(() => START.slice(0, LEVELS).map(() => draw.next()));
    const links = Array.from({ length: KNOBS - 1 }, table);
    const start = chainValue(links, START);
    return {
      value: (levels) => chainValue(links, levels) - start,
      optimum: bestChain(links).levels,
    };
  },
};
