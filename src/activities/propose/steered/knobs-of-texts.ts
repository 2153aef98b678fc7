import type { Edit } from '../../../contract/proposal.js';
import { scan } from '../../../domain/proposers/mutate/scan.js';
import { type Knobs, knobsOf } from '../../../domain/steering/knobs.js';
import type { Session } from '../session.js';

export const knobsOfTexts = (texts: ReadonlyMap<string, string>): Knobs =>
  knobsOf([...texts].flatMap(([path, text]) => scan(path, text)));

const kept = new WeakMap<ReadonlyMap<string, string>, Knobs>();

/** The knobs of the files that proposals are made from; scanned once a snapshot. */
export const knobsBefore = ({ snapshot: { texts } }: Session): Knobs => {
  const found = kept.get(texts) ?? knobsOfTexts(texts);
  kept.set(texts, found);
  return found;
};

/** The editable files after edits. */
export const textsAfter = (
  { snapshot: { texts } }: Session,
  edits: readonly Edit[],
): ReadonlyMap<string, string> => {
  const after = new Map(texts);
  for (const edit of edits) {
    if (edit.kind === 'write') after.set(edit.path, edit.content);
    else after.delete(edit.path);
  }
  return after;
};
