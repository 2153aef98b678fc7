import type { LoopRecord, LoopRow } from '../contract/ledger.js';
import type { ForkedFrom } from '../contract/loop.js';
import { candidateRef } from '../contract/names.js';
import { UserError } from '../contract/user-error.js';
import { ownClass } from '../domain/device/own-class.js';
import { openRepository, type Repository } from '../storage/git/repository.js';
import type { Settings } from '../workers/settings.js';
import { withLedger } from './engine.js';
import { findRecord } from './find-record.js';
import { forkedFrom } from './forked-from.js';
import { checkCanariesAt } from './task/check-canaries.js';

/** Where a fork begins. */
export interface ForkPoint {
  old: LoopRow;
  repository: Repository;
  commit: string;
  forkedFrom: ForkedFrom;
  /** class that the old loop ran on */
  device: string;
  notices: string[];
}

/** The commit of an experiment of a loop, as its record names it and the repository still has it. */
export const forkPointIn = async (record: LoopRecord, number: number): Promise<ForkPoint> => {
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
  await checkCanariesAt(repository, old.input, old.loop);
  const scoreless = row !== undefined && row.value === null;
  const notice = `experiment ${String(number)} ended without a score (${row?.outcome ?? ''}): so may this loop's baseline`;
  const notices = scoreless ? [notice] : [];
  return { old, repository, commit, forkedFrom: origin, device: ownClass(record), notices };
};

/** The same of a loop of the ledger. */
export const findForkPoint = async (settings: Settings, wanted: string, number: number): Promise<ForkPoint> =>
  forkPointIn(await withLedger(settings, async (ledger) => findRecord(ledger, wanted)), number);
