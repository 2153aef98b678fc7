import type { Directive } from '../../../contract/mechanism.js';
import type { Proposal } from '../../../contract/proposal.js';
import { enforce } from '../../../domain/mechanism/enforce.js';
import { mutate } from '../../../domain/proposers/mutate/mutate.js';
import { pickWeighted, random } from '../../../domain/random.js';
import { frozenKnobs } from '../../../domain/steering/frozen.js';
import { movesBetween } from '../../../domain/steering/moves-between.js';
import type { Session } from '../session.js';
import { knobsBefore, knobsOfTexts, textsAfter } from './knobs-of-texts.js';

/** Mutations among which a directive chooses. */
const DRAWS = 12;

const IDENTITY: Directive = { why: 'no mechanism' };

/** The literals that may be turned, those of whole knobs and groups weighed as the directive says. */
const weighed = (session: Session) => {
  const { method } = session.request;
  const { space, literals } = knobsBefore(session);
  const frozen = frozenKnobs(space, method?.freeze ?? []);
  const free = space.filter(({ id }) => !frozen.has(id));
  const { forbid = [], prefer = [] } = method?.guidance.directive ?? IDENTITY;
  // keys speak of moves, which only a draw has
  const wide = {
    forbid: forbid.filter((one) => !('key' in one)),
    prefer: prefer.filter(({ p }) => !('key' in p)),
    why: '',
  };
  const candidates = free.flatMap((knob) => {
    const literal = literals.get(knob.id);
    return literal === undefined
      ? []
      : [{ literal, weight: literal.weight, moves: [{ knob: knob.id, step: 1 }] }];
  });
  return enforce(wide, candidates, space)
    .candidates.filter(({ weight }) => weight > 0)
    .map(({ literal, weight }) => ({ ...literal, weight }));
};

/** A mutation as the method and its mechanism want it: drawn several times, and chosen by what each draw would move. */
export const drawSteered = (
  session: Session,
  edits: number,
  { experiment, draw }: { experiment: number; draw: number },
): Proposal | null => {
  const { task, method } = session.request;
  const { texts } = session.snapshot;
  const before = knobsBefore(session);
  const directive = method?.guidance.directive ?? IDENTITY;
  const literals = weighed(session);
  const stream = random('steered', task.seed, experiment, draw);
  const candidates = Array.from({ length: DRAWS }).flatMap(() => {
    const proposal = mutate({ files: texts, literals, edits }, stream);
    if (proposal === null) return [];
    const { moves } = movesBetween(before, knobsOfTexts(textsAfter(session, proposal.edits)));
    return [{ proposal, moves, weight: 1 }];
  });
  if (candidates.length === 0) return null;
  const { candidates: allowed } = enforce(directive, candidates, before.space);
  return pickWeighted(stream.next(), allowed).proposal;
};
