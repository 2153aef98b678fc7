import type { LoopRow } from '../contract/ledger.js';
import type { ForkedFrom } from '../contract/loop.js';
import { candidateRef } from '../contract/names.js';
import { UserError } from '../contract/user-error.js';
import { openRepository, type Repository } from '../storage/git/repository.js';
import type { Settings } from '../workers/settings.js';
import { withLedger } from './engine.js';
import { findRecord } from './find-record.js';
import { forkedFrom } from './forked-from.js';

/** Where a fork begins. */
export interface ForkPoint {
  old: LoopRow;
  repository: Repository;
  commit: string;
  forkedFrom: ForkedFrom;
  notices: string[];
}

/** Finds the commit of an experiment of a loop, as the ledger names it and the repository still has it. */
export const findForkPoint = async (
  settings: Settings,
  wanted: string,
  number: number,
): Promise<ForkPoint> => {
  const record = await withLedger(settings, async (ledger) => findRecord(ledger, wanted));
  const { loop: old, experiments } = record;
  const origin = forkedFrom(record, number);
  const row = experiments.find(({ experiment }) => experiment === number);
  const commit = number === 0 ? old.input.source.baseCommit : row?.commit;
  if (commit === undefined || commit === null)
    throw new UserError(
      row === undefined
        ? `it has no experiment ${String(number)}`
        : `experiment ${String(number)} has no commit (${row.outcome})`,
      old.loop,
      `\`autolift export ${old.loop}\` lists its experiments.`,
    );
  const repository = await openRepository(old.input.source.repository);
  if ((await repository.resolve(commit)) === null)
    throw new UserError(
      `the commit ${commit.slice(0, 12)} is gone`,
      old.input.source.repository,
      `Was ${candidateRef(old.loop, number)} deleted?`,
    );
  const scoreless = row !== undefined && row.value === null;
  const notice = `experiment ${String(number)} ended without a score (${row?.outcome ?? ''}): so may this loop's baseline`;
  return { old, repository, commit, forkedFrom: origin, notices: scoreless ? [notice] : [] };
};
