import { additive, type Family, meeting, shuffledKnobs, signOf } from '../landscape.js';

/** Three of the twelve knobs matter, the others do nothing at all. */
export const sparse: Family = {
  name: 'sparse',
  make(draw) {
    const [a = 0, b = 0, c = 0] = shuffledKnobs(draw);
    const targets = [
      { knob: a, at: signOf(draw) * (1 + draw.int(3)), worth: 0.5 },
      { knob: b, at: signOf(draw) * 3, worth: 0.25 },
      { knob: c, at: signOf(draw) * 3, worth: 0.25 },
    ];
    return { value: (levels) => additive(targets, levels), optimum: meeting(targets) };
  },
};
