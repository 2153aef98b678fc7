import type { Prepared } from '../../../contract/proposal.js';
import type { SteeredBy } from '../../../contract/steering.js';
import { compliance } from '../../../domain/mechanism/compliance.js';
import { candidateKey } from '../../../domain/mechanism/move-key.js';
import { movesBetween } from '../../../domain/steering/moves-between.js';
import type { Session } from '../session.js';
import { knobsBefore, knobsOfTexts } from './knobs-of-texts.js';

const operatorOf = ({ proposer, usage }: Prepared): string =>
  usage.model === null ? proposer : `${proposer}:${usage.model}`;

/** What was asked of a candidate, and what its files say that it is. */
export const steeredBy = (
  session: Session,
  prepared: Prepared,
  after: ReadonlyMap<string, string> | null,
): SteeredBy | null => {
  const { method } = session.request;
  if (method === undefined) return null;
  const { directive, mechanism, parent, fidelity, acts } = method.guidance;
  const knobs = knobsBefore(session);
  const seen = after === null ? { moves: [], settings: {} } : movesBetween(knobs, knobsOfTexts(after));
  // moves that the engine made are the mechanism's own, whatever the literal's spelling rounded
  const isMade = prepared.proposer === 'mechanism';
  const moves = isMade ? (directive?.move ?? []) : seen.moves;
  const trial = {
    id: prepared.experiment,
    parentId: parent,
    moves,
    key: candidateKey(moves),
    config: null,
    operator: operatorOf(prepared),
    scores: null,
    dy: null,
    status: 'revert',
    fidelity: fidelity ?? 1,
    cost: 0,
  } as const;
  const obeyed =
    directive === null
      ? null
      : compliance(directive, trial, { space: knobs.space, incumbent: { id: parent ?? -1 } });
  const part = { ...(fidelity !== undefined && { fidelity }), ...(acts !== undefined && { acts }) };
  return { directive, mechanism, parent, ...part, moves, settings: seen.settings, compliance: obeyed };
};
