import { additive, drift, type Family, meeting, shuffledKnobs, signOf } from '../landscape.js';

/** What a trapped knob pays after so many steps: it gets worse twice before it gets better. */
const ALONG = [0, -0.1, -0.2, 1];

/** Two knobs whose way leads down first. */
export const trap: Family = {
  name: 'trap',
  make(draw) {
    const [a = 0, b = 0, ...rest] = shuffledKnobs(draw);
    const traps = [
      { knob: a, at: signOf(draw) * 3, worth: 0.4 },
      { knob: b, at: signOf(draw) * 3, worth: 0.3 },
    ];
    const small = rest.slice(0, 2).map((knob) => ({ knob, at: signOf(draw) * 3, worth: 0.15 }));
    const others = rest.slice(2);
    const along = (levels: readonly number[]): number =>
      traps.reduce((sum, { knob, at, worth }) => {
        const steps = (levels[knob] ?? 0) * Math.sign(at);
        return sum + worth * (steps < 0 ? 0.1 * steps : (ALONG[steps] ?? 0));
      }, 0);
    return {
      value: (levels) => along(levels) + additive(small, levels) + drift(others, levels),
      optimum: meeting([...traps, ...small]),
    };
  },
};
