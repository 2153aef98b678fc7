import type { Knob, Move } from '../../contract/mechanism.js';
import { candidateKey } from '../mechanism/move-key.js';
import { KNOBS, REACH } from './landscape.js';

const LEVELS = Array.from({ length: 2 * REACH + 1 }, (_, i) => i - REACH);

export const idOf = (knob: number): string => `k${String(knob)}`;

/** The benchmark's space, as mechanisms see it. */
export const SPACE: readonly Knob[] = Array.from({ length: KNOBS }, (_, i) => ({
  id: idOf(i),
  kind: 'integer',
  values: LEVELS,
}));

export interface Step {
  knob: number;
  way: 1 | -1;
}

/** The 24 moves that the stand-in proposer knows: each knob up or down. */
export const STEPS: readonly Step[] = SPACE.flatMap((_, knob) => [
  { knob, way: 1 as const },
  { knob, way: -1 as const },
]);

export const moveOf = ({ knob, way }: Step, size: number): Move => ({ knob: idOf(knob), step: way * size });

/** A step of some size as a candidate. */
export interface Option {
  knob: string;
  by: number;
  moves: readonly Move[];
  key: string;
}

const optionsOf = (size: number): readonly Option[] =>
  STEPS.map((step) => {
    const moves = [moveOf(step, size)];
    return { knob: idOf(step.knob), by: step.way * size, moves, key: candidateKey(moves) };
  });

const known = new Map<number, readonly Option[]>();

/** All 24 moves as candidates; the same objects each time. */
export const optionsOfSize = (size: number): readonly Option[] => {
  const options = known.get(size) ?? optionsOf(size);
  known.set(size, options);
  return options;
};

const levels = new Set(LEVELS);

export const isLevel = (level: number): boolean => levels.has(level);
