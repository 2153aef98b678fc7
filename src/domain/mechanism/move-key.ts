import type { Knob, Move } from '../../contract/mechanism.js';

/** `lr+` and `lr-` for one step, `lr+3` for three, `act=relu` for a setting. */
export const moveKey = (move: Move): string => {
  if ('to' in move) return `${move.knob}=${String(move.to)}`;
  const size = Math.abs(move.step);
  return `${move.knob}${move.step < 0 ? '-' : '+'}${size === 1 ? '' : String(size)}`;
};

/** Key of a whole candidate: what was done to its parent, in whatever order. */
export const candidateKey = (moves: readonly Move[]): string => moves.map(moveKey).sort().join(' ');

const STEP = /^(?<sign>[+-])(?<size>[2-9]|[1-9]\d+)?$/;

/** The move of this knob that a text is the key of; null if it is none. A number's setting is taken as a number. */
const moveOfKey = (key: string, { id, kind, values }: Knob): Move | null => {
  if (!key.startsWith(id)) return null;
  const rest = key.slice(id.length);
  const step = STEP.exec(rest)?.groups;
  if (step !== undefined)
    return kind === 'choice'
      ? null
      : { knob: id, step: Number(`${step['sign'] ?? ''}${step['size'] ?? '1'}`) };
  if (!rest.startsWith('=')) return null;
  const text = rest.slice(1);
  if (values === undefined) return { knob: id, to: kind === 'choice' ? text : Number(text) };
  const to = values.find((one) => String(one) === text);
  return to === undefined ? null : { knob: id, to };
};

const moveIn = (key: string, space: readonly Knob[]): Move | null => {
  for (const knob of space) {
    const move = moveOfKey(key, knob);
    if (move !== null) return move;
  }
  return null;
};

/** The moves that a key stands for; null where it is none of these knobs'. Settings may hold spaces, so it is first taken for one move. */
export const movesOfKey = (key: string, space: readonly Knob[]): Move[] | null => {
  const one = moveIn(key, space);
  if (one !== null) return [one];
  const several = key.split(' ').map((part) => moveIn(part, space));
  return several.every((move) => move !== null) ? several : null;
};
