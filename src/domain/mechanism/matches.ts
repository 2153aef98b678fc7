import type { Knob, Move, Pattern } from '../../contract/mechanism.js';
import { candidateKey, moveKey } from './move-key.js';

/** Whether a pattern speaks of this candidate: of one of its moves, or of all of them together. */
export const matches = (pattern: Pattern, moves: readonly Move[], space: readonly Knob[]): boolean => {
  if ('key' in pattern) {
    return moves.some((move) => moveKey(move) === pattern.key) || candidateKey(moves) === pattern.key;
  }
  if ('knob' in pattern) return moves.some(({ knob }) => knob === pattern.knob);
  const ofGroup = space.filter(({ group }) => group === pattern.group);
  return moves.some(({ knob }) => ofGroup.some(({ id }) => id === knob));
};
