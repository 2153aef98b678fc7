import type { Knob, Move } from '../../contract/mechanism.js';
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
