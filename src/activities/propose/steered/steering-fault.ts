import type { Edit } from '../../../contract/proposal.js';
import { forbiddenBy } from '../../../domain/mechanism/enforce.js';
import { candidateKey } from '../../../domain/mechanism/move-key.js';
import { forbidsAll } from '../../../domain/mechanism/odds.js';
import { changedLines } from '../../../domain/steering/changed-lines.js';
import { frozenFault } from '../../../domain/steering/frozen.js';
import { movesBetween } from '../../../domain/steering/moves-between.js';
import type { Session } from '../session.js';
import { knobsBefore, knobsOfTexts, textsAfter } from './knobs-of-texts.js';

const wordsOf = (pattern: object): string => Object.values(pattern).join(' ').slice(0, 200);

/** Why edits are beyond what the method ever allows: frozen knobs, new files, too many lines; null if they aren't. */
export const boundsFault = (session: Session, edits: readonly Edit[]): string | null => {
  const { method } = session.request;
  if (method === undefined) return null;
  const { constraints, freeze } = method;
  const { texts, files } = session.snapshot;
  const lines = changedLines(edits, texts);
  if (constraints.maxChangedLines !== undefined && lines > constraints.maxChangedLines)
    return `it changes ${String(lines)} lines, and may change ${String(constraints.maxChangedLines)}: make a smaller change`;
  const added = edits.find((edit) => edit.kind === 'write' && !files.some(({ path }) => path === edit.path));
  if (!constraints.newFiles && added !== undefined)
    return `it adds ${added.path}: change the files that are there`;
  if (freeze.length === 0) return null;
  const after = knobsOfTexts(textsAfter(session, edits));
  const paths = edits.map(({ path }) => path);
  return frozenFault({ before: knobsBefore(session), after, paths }, freeze);
};

/** Why edits may not be tried now, in words for whoever made them; null if they may. */
export const steeringFault = (session: Session, edits: readonly Edit[]): string | null => {
  const bounds = boundsFault(session, edits);
  const directive = session.request.method?.guidance.directive;
  if (bounds !== null || directive?.forbid === undefined) return bounds;
  const before = knobsBefore(session);
  if (forbidsAll(directive, before)) return null;
  const { moves } = movesBetween(before, knobsOfTexts(textsAfter(session, edits)));
  const forbidden = forbiddenBy(directive, moves, before.space);
  return forbidden === null
    ? null
    : `the search forbids ${wordsOf(forbidden)} now, and it does ${candidateKey(moves)}: change something else`;
};
