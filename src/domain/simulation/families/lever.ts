import { additive, drift, type Family, meeting, shuffledKnobs, signOf } from '../landscape.js';

/** One knob is worth .6, two others .2 each; the rest is best left alone. */
export const lever: Family = {
  name: 'lever',
  make(draw) {
    const [first = 0, ...rest] = shuffledKnobs(draw);
    const targets = [
      { knob: first, at: signOf(draw) * (2 + draw.int(2)), worth: 0.6 },
      ...rest.slice(0, 2).map((knob) => ({ knob, at: signOf(draw) * 3, worth: 0.2 })),
    ];
    const others = rest.slice(2);
    return {
      value: (levels) => additive(targets, levels) + drift(others, levels),
      optimum: meeting(targets),
    };
  },
};
