import type { Move } from '../../../contract/mechanism.js';
import { NO_USAGE } from '../../../contract/proposal.js';
import { makeMoves } from '../../../domain/steering/make-moves.js';
import type { Draft } from '../draft.js';
import type { Session } from '../session.js';
import { knobsBefore } from './knobs-of-texts.js';

/** The candidate that a mechanism's moves are, without asking anybody. */
export const proposeMoves = (session: Session, moves: readonly Move[], experiment: number): Draft => {
  const made = makeMoves(moves, knobsBefore(session), session.snapshot.texts);
  const { guidance } = session.request.method ?? {};
  const name = guidance?.mechanism ?? 'mechanism';
  return {
    experiment,
    proposer: 'mechanism',
    usage: NO_USAGE,
    result:
      typeof made === 'string'
        ? { idea: `${name}: ${guidance?.directive?.why ?? ''}`, status: 'refused', reason: made }
        : { ...made, idea: `${made.idea} (${name}: ${guidance?.directive?.why ?? ''})` },
  };
};
