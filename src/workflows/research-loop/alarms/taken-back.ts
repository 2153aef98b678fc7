import type { Prepared } from '../../../contract/proposal.js';
import type { Loop } from '../loop.js';

export const TAKEN_BACK = 'what it was made from was taken back';

/** Carried over to an older incumbent it could bring back what was taken back. */
export const isTakenBack = ({ state }: Loop, { proposedAt }: Pick<Prepared, 'proposedAt'>): boolean =>
  state.backAt !== undefined && proposedAt !== undefined && proposedAt <= state.backAt;
