import { additive, drift, type Family, meeting, shuffledKnobs, signOf } from '../landscape.js';

/** What a ridge pays after so many steps along it: nothing before the third. */
const ALONG = [0, 0, 0, 1];

/** Two knobs that pay only after three steps: what looks flat need not be. */
export const ridge: Family = {
  name: 'ridge',
  make(draw) {
    const [a = 0, b = 0, ...rest] = shuffledKnobs(draw);
    const ridges = [
      { knob: a, at: signOf(draw) * 3, worth: 0.4 },
      { knob: b, at: signOf(draw) * 3, worth: 0.25 },
    ];
    const small = rest.slice(0, 2).map((knob) => ({ knob, at: signOf(draw) * 3, worth: 0.175 }));
    const others = rest.slice(2);
    const along = (levels: readonly number[]): number =>
      ridges.reduce((sum, { knob, at, worth }) => {
        const steps = (levels[knob] ?? 0) * Math.sign(at);
        return sum + worth * (steps < 0 ? 0.1 * steps : (ALONG[steps] ?? 0));
      }, 0);
    return {
      value: (levels) => along(levels) + additive(small, levels) + drift(others, levels),
      optimum: meeting([...ridges, ...small]),
    };
  },
};
