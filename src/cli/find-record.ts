import type { LoopRecord } from '../contract/ledger.js';
import { UserError } from '../contract/user-error.js';
import { parentOf } from '../domain/research/child-names.js';
import type { Ledger } from '../storage/ledger/index.js';
import { matchLoop } from './find-loop.js';

/**
 * The record of a loop as named, else of the latest that a person started; needs the ledger alone. A loop below another has
 * that one's tag in its id and began later: it is named by its whole id.
 */
export const findRecord = async (ledger: Ledger, wanted: string | undefined): Promise<LoopRecord> => {
  const known = (await ledger.loops()).map(({ loop }) => loop).toReversed();
  const own = known.filter((one) => parentOf(one) === null);
  const loop = wanted ? matchLoop(wanted, known.includes(wanted) ? known : own) : (own[0] ?? known[0]);
  const record = loop === undefined ? null : await ledger.record(loop);
  if (record !== null) return record;
  throw new UserError('there is no loop yet', 'LOOP', 'Start one with `autolift run <folder>`.');
};
