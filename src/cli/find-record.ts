import type { LoopRecord } from '../contract/ledger.js';
import { UserError } from '../contract/user-error.js';
import type { Ledger } from '../storage/ledger/index.js';
import { matchLoop } from './find-loop.js';

/** The record of a loop as named, else of the latest; needs the ledger alone. */
export const findRecord = async (ledger: Ledger, wanted: string | undefined): Promise<LoopRecord> => {
  const known = (await ledger.loops()).map(({ loop }) => loop).toReversed();
  const loop = wanted ? matchLoop(wanted, known) : known[0];
  const record = loop === undefined ? null : await ledger.record(loop);
  if (record !== null) return record;
  throw new UserError('there is no loop yet', 'LOOP', 'Start one with `autolift run <folder>`.');
};
