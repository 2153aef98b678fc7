import { additive, type Family, meeting, shuffledKnobs, signOf } from '../landscape.js';

/** Four knobs pay; six others crash one way, and gain nothing the other. */
export const crash: Family = {
  name: 'crash',
  make(draw) {
    const knobs = shuffledKnobs(draw);
    const targets = [0.35, 0.3, 0.175, 0.175].map((worth, i) => ({
      knob: knobs[i] ?? 0,
      at: signOf(draw) * (i < 2 ? 1 + draw.int(3) : 3),
      worth,
    }));
    const cliffs = knobs.slice(4, 10).map((knob) => ({ knob, way: signOf(draw) }));
    return {
      value: (levels) =>
        cliffs.some(({ knob, way }) => (levels[knob] ?? 0) * way > 0)
          ? Number.NaN
          : additive(targets, levels),
      optimum: meeting(targets),
    };
  },
};
