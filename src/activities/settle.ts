import { ApplicationFailure } from '@temporalio/common';
import type { ControlActivities, SettleRequest, SettleResult } from '../contract/activities.js';
import { branchName, headRef, heldRef } from '../contract/names.js';
import type { Sighting } from '../contract/lesson.js';
import { isPromoted, promotedSightings } from '../domain/memory/promoted-sightings.js';
import { sightingsOf } from '../domain/memory/sightings.js';
import { BranchMoved } from '../storage/git/advance-branch.js';
import type { Repository } from '../storage/git/repository.js';
import type { Deps } from './deps.js';
import { movedAdvice } from './moved-branch.js';

type Settled = SettleRequest['experiments'][number];

/** The baseline is on the branch already; every other keep moves its tip. */
const isNewTip = (row: Settled): row is Settled & { commit: string } =>
  row.outcome === 'keep' && row.experiment > 0 && row.commit !== null;

/** A candidate is on the remote since it was made; a merge of it is new, and the next incumbent. */
const publishMerges = async (
  repository: Repository,
  { loop, source, experiments }: SettleRequest,
  branchCommits: SettleResult['branchCommits'],
): Promise<void> => {
  const merges = experiments.flatMap(({ experiment, commit }) => {
    const merged = branchCommits[experiment];
    return merged === undefined || merged === commit ? [] : [merged];
  });
  await repository.publish(
    source.remote,
    merges.map((commit) => ({ ref: heldRef(loop, commit), commit })),
  );
};

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
  await publishMerges(repository, request, branchCommits);
  return { tip, branchCommits };
};

/** Moves the branch; a text says that it was left alone, which only a loop that is stopping may do. */
const advance = async (
  { ledger, repository }: { ledger: Deps['ledger']; repository: Repository },
  request: SettleRequest,
  to: string,
): Promise<string | undefined> => {
  const { loop, tag, tip } = request;
  if (to === tip) return undefined;
  const branch = branchName(tag);
  try {
    await repository.advanceBranch({ branch, from: tip, to });
    return undefined;
  } catch (error) {
    if (!(error instanceof BranchMoved)) throw error;
    if (request.leaving !== true)
      throw ApplicationFailure.nonRetryable(await movedAdvice(ledger, request, error), 'BranchMoved');
    // nothing else may point to a merge
    await repository.setRef(headRef(loop), to);
    return `${branch} was left as somebody else moved it, its keeps are in ${headRef(loop)}`;
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
      const left = await advance({ ledger, repository }, request, result.tip);
      if (left !== undefined) result = { ...result, left };
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
