import { additive, drift, type Family, meeting, shuffledKnobs, signOf } from '../landscape.js';

/** Two pairs of knobs must move together: either alone makes things worse. */
export const epistasis: Family = {
  name: 'epistasis',
  make(draw) {
    const [a = 0, b = 0, c = 0, d = 0, ...rest] = shuffledKnobs(draw);
    const pairs = [
      { one: { knob: a, at: signOf(draw) }, other: { knob: b, at: signOf(draw) }, worth: 0.45 },
      { one: { knob: c, at: signOf(draw) }, other: { knob: d, at: signOf(draw) }, worth: 0.35 },
    ];
    const small = rest.slice(0, 2).map((knob) => ({ knob, at: signOf(draw) * 3, worth: 0.1 }));
    const others = rest.slice(2);
    const together = (levels: readonly number[]): number =>
      pairs.reduce((sum, { one, other, worth }) => {
        const [p, q] = [one, other].map(({ knob, at }) => (levels[knob] ?? 0) * at) as [number, number];
        const off = Math.abs(p - 1) + Math.abs(q - 1);
        return sum + (off === 0 ? worth : p === 0 && q === 0 ? 0 : -0.04 * Math.max(1, off - 1));
      }, 0);
    return {
      value: (levels) => together(levels) + additive(small, levels) + drift(others, levels),
      optimum: meeting([...pairs.flatMap(({ one, other }) => [one, other]), ...small]),
    };
  },
};
