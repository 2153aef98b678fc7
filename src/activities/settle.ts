import { ApplicationFailure } from '@temporalio/common';
import type { ControlActivities, SettleRequest, SettleResult } from '../contract/activities.js';
import { branchName, headRef } from '../contract/names.js';
import type { Sighting } from '../contract/lesson.js';
import { isPromoted, promotedSightings } from '../domain/memory/promoted-sightings.js';
import { sightingsOf } from '../domain/memory/sightings.js';
import { BranchMoved } from '../storage/git/advance-branch.js';
import type { Repository } from '../storage/git/repository.js';
import type { Deps } from './deps.js';

type Settled = SettleRequest['experiments'][number];

/** The baseline is on the branch already; every other keep moves its tip. */
const isNewTip = (row: Settled): row is Settled & { commit: string } =>
  row.outcome === 'keep' && row.experiment > 0 && row.commit !== null;

/** Where each keep takes the branch: to the candidate, or to a merge where it was made from an older incumbent. */
const newTips = async (repository: Repository, request: SettleRequest): Promise<SettleResult> => {
  const branchCommits: Record<number, string> = {};
  let { tip } = request;
  for (const row of request.experiments.filter(isNewTip)) {
    tip = (await repository.isAncestor(tip, row.commit))
      ? row.commit
      : await repository.mergeInto({
          tip,
          candidate: row.commit,
          message: `${row.idea}\n\nMeasured on an older base and better than the incumbent as it stands.`,
          at: Math.floor(row.settledAt / 1000),
        });
    branchCommits[row.experiment] = tip;
  }
  return { tip, branchCommits };
};

const advance = async (repository: Repository, request: SettleRequest, to: string): Promise<void> => {
  const { tag, tip } = request;
  if (to === tip) return;
  try {
    await repository.advanceBranch({ branch: branchName(tag), from: tip, to });
  } catch (error) {
    if (!(error instanceof BranchMoved)) throw error;
    const fix = `set it back with \`git update-ref refs/heads/${branchName(tag)} ${tip}\`, then resume`;
    throw ApplicationFailure.nonRetryable(`${error.message}; ${fix}`, 'BranchMoved');
  }
};

/** How far back the changes of a branch are looked for. */
const HISTORY = { limit: 400, tailsOf: [] };

const lessonsFrom = async (
  ledger: Deps['ledger'],
  rows: SettleRequest['experiments'],
  { loop, memory }: SettleRequest,
): Promise<Sighting[]> => {
  if (memory === undefined) return [];
  const told = sightingsOf(rows, memory);
  const promotions = rows.filter(isPromoted);
  if (promotions.length === 0) return told;
  const past = [...(await ledger.history(loop, HISTORY)), ...rows];
  return [...told, ...promotions.flatMap((row) => promotedSightings(row, past, memory))];
};

/**
 * Moves the branch, then appends the rows in one transaction. Every commit follows from the request alone, so that
 * a second attempt finds its own tip and its own rows and changes nothing.
 */
export const createSettle =
  ({ ledger, openRepository }: Pick<Deps, 'ledger' | 'openRepository'>): ControlActivities['settle'] =>
  async (request) => {
    const { experiments, events, head, revert } = request;
    let result: SettleResult = { tip: request.tip, branchCommits: {} };
    if (experiments.some(isNewTip) || revert !== undefined) {
      const repository = await openRepository(request.source.repository);
      result = await newTips(repository, request);
      if (revert !== undefined)
        result = { ...result, tip: result.branchCommits[revert.experiment] ?? revert.to };
      await advance(repository, request, result.tip);
    }
    if (head !== undefined && (experiments.length > 0 || revert !== undefined)) {
      const repository = await openRepository(request.source.repository);
      const promoted = experiments.findLast((row) => isNewTip(row) && row.commit === head);
      await repository.setRef(headRef(request.loop), promoted === undefined ? head : result.tip);
    }
    const rows = experiments.map((row) => ({
      ...row,
      branchCommit: result.branchCommits[row.experiment] ?? row.branchCommit,
    }));
    const lessons = await lessonsFrom(ledger, rows, request);
    await ledger.append({ experiments: rows, events, ...(lessons.length === 0 ? {} : { lessons }) });
    return result;
  };
