import type { Move } from '../../contract/mechanism.js';

/** `lr+` and `lr-` for one step, `lr+3` for three, `act=relu` for a setting. */
export const moveKey = (move: Move): string => {
  if ('to' in move) return `${move.knob}=${String(move.to)}`;
  const size = Math.abs(move.step);
  return `${move.knob}${move.step < 0 ? '-' : '+'}${size === 1 ? '' : String(size)}`;
};

/** Key of a whole candidate: what was done to its parent, in whatever order. */
export const candidateKey = (moves: readonly Move[]): string => moves.map(moveKey).sort().join(' ');
