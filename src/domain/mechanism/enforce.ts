import type { Directive, Knob, Move, Pattern } from '../../contract/mechanism.js';
import { matches } from './matches.js';

/** The pattern that forbids a candidate, or null. */
export const forbiddenBy = (
  { forbid = [] }: Directive,
  moves: readonly Move[],
  space: readonly Knob[],
): Pattern | null => forbid.find((pattern) => matches(pattern, moves, space)) ?? null;

/** What all preferences that speak of a candidate multiply its weight by. */
export const preference = (
  { prefer = [] }: Directive,
  moves: readonly Move[],
  space: readonly Knob[],
): number => prefer.reduce((product, { p, w }) => (matches(p, moves, space) ? product * w : product), 1);

export interface Candidate {
  moves: readonly Move[];
  weight: number;
}

/**
 * A proposer's candidates as a directive leaves them. One that forbids everything is lifted, as the loop has to go on:
 * `exhausted` says so.
 */
export const enforce = <C extends Candidate>(
  directive: Directive,
  candidates: readonly C[],
  space: readonly Knob[],
): { candidates: readonly C[]; exhausted: boolean } => {
  const weighed = candidates.map((one) => ({
    ...one,
    weight:
      forbiddenBy(directive, one.moves, space) === null
        ? one.weight * preference(directive, one.moves, space)
        : 0,
  }));
  const exhausted = !weighed.some(({ weight }) => weight > 0);
  return { candidates: exhausted ? candidates : weighed, exhausted };
};
