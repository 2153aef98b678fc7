import type { Random } from '../random.js';

/** What the parameter level may turn, without touching the mechanism. */
export interface Parameters {
  /** of the proposer's softmax */
  temperature: number;
  /** trials that it remembers */
  window: number;
  /** share of the knobs that are frozen, other ones every ten trials */
  freeze: number;
  /** levels of one move */
  step: number;
  /** a keep passes so many standard deviations of the noise */
  tolerance: number;
}

export const DEFAULTS: Parameters = { temperature: 1, window: 10, freeze: 0, step: 1, tolerance: 1 };

const CHOICES: { readonly [K in keyof Parameters]: readonly Parameters[K][] } = {
  temperature: [0.5, 1, 1.5, 2, 3],
  window: [3, 10, 20, 30],
  freeze: [0, 0, 0.25, 0.5],
  step: [1, 2, 3],
  tolerance: [0.25, 0.5, 1, 2],
};

/** A parameter set of chance. Steps are as long as the grammar's, so that both levels can do what either can. */
export const drawParameters = (draw: Random): Parameters => ({
  temperature: draw.pick(CHOICES.temperature),
  window: draw.pick(CHOICES.window),
  freeze: draw.pick(CHOICES.freeze),
  step: draw.pick(CHOICES.step),
  tolerance: draw.pick(CHOICES.tolerance),
});
