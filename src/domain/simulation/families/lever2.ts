import { additive, drift, type Family, meeting, shuffledKnobs, signOf } from '../landscape.js';

/** Two levers, of .5 and .35; what else pays is small change. */
export const lever2: Family = {
  name: 'lever2',
  make(draw) {
    const [first = 0, second = 0, ...rest] = shuffledKnobs(draw);
    const targets = [
      { knob: first, at: signOf(draw) * (2 + draw.int(2)), worth: 0.5 },
      { knob: second, at: signOf(draw) * (1 + draw.int(3)), worth: 0.35 },
      ...rest.slice(0, 2).map((knob) => ({ knob, at: signOf(draw) * 3, worth: 0.075 })),
    ];
    const others = rest.slice(2);
    return {
      value: (levels) => additive(targets, levels) + drift(others, levels),
      optimum: meeting(targets),
    };
  },
};
