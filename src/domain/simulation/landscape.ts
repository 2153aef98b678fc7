import type { Random } from '../random.js';

/** Knobs, and their levels on each side of the start: 7 in all. */
export const KNOBS = 12;
export const REACH = 3;

/** A score over twelve knobs, each at a level of -3 … 3, from 0 at the start, in units of its own; NaN is a crash. */
export interface Landscape {
  value(levels: readonly number[]): number;
  /** where it is highest */
  optimum: readonly number[];
}

/** A way of making landscapes that are hard for one reason. To add one: one file in families/, one line in families.ts. */
export interface Family {
  name: string;
  make(draw: Random): Landscape;
}

export const START: readonly number[] = Array.from({ length: KNOBS }, () => 0);

/** The knobs in an order of chance. */
export const shuffledKnobs = (draw: Random): number[] => {
  const knobs = START.map((_, i) => i);
  for (let i = KNOBS - 1; i > 0; i--) {
    const j = draw.int(i + 1);
    [knobs[i], knobs[j]] = [knobs[j] ?? 0, knobs[i] ?? 0];
  }
  return knobs;
};

export const signOf = (draw: Random): number => (draw.int(2) === 0 ? 1 : -1);

/** A knob that matters: where it should stand and what that is worth. */
export interface Target {
  knob: number;
  at: number;
  worth: number;
}

/** Share of the way to a target: 0 at the start, 1 there, less beyond it and less than 0 the other way. */
export const progress = (level: number, at: number): number => 1 - Math.abs(level - at) / Math.abs(at);

/** Knobs that each pay by their own progress. */
export const additive = (targets: readonly Target[], levels: readonly number[]): number =>
  targets.reduce((sum, { knob, at, worth }) => sum + worth * progress(levels[knob] ?? 0, at), 0);

/** A configuration with the targets met and all else at the start. */
export const meeting = (targets: readonly Pick<Target, 'knob' | 'at'>[]): number[] =>
  START.map((start, i) => targets.find(({ knob }) => knob === i)?.at ?? start);

/** What leaving the start costs where no knob should be moved. */
export const drift = (knobs: readonly number[], levels: readonly number[]): number =>
  -0.03 * knobs.reduce((sum, knob) => sum + Math.abs(levels[knob] ?? 0), 0);
