import { candidateRef } from '../../contract/names.js';
import type { Edit, Prepared, Proposal } from '../../contract/proposal.js';
import { candidateMessage, IDEA_LENGTH } from '../../domain/proposers/candidate-message.js';
import { oneLine } from '../../domain/proposers/prompt/untrusted.js';
import type { CommittedCandidate } from '../../storage/git/index.js';
import { type Draft, rejected, type Rejection } from './draft.js';
import type { InformedSession } from './session.js';
import { type Tried, triedTrees } from './tried-trees.js';

/** A draft whose edits have passed the checks. */
export interface CheckedDraft extends Draft {
  result: Proposal;
  edits: Edit[];
}

/** The experiment that has had this tree: any settled one, and among the unsettled ones only an earlier one. */
const earlier = (
  session: InformedSession,
  { settled, looked }: Tried,
  { experiment: own, tree }: { experiment: number; tree: string },
): number | null => {
  const inLedger = settled.get(tree);
  if (inLedger !== undefined && inLedger !== own) return inLedger;
  const waiting = [...session.known.byExperiment].filter(
    ([number, info]) => number < own && info.tree === tree && !looked.has(number),
  );
  return waiting.length === 0 ? null : Math.min(...waiting.map(([number]) => number));
};

/** Why a tree is not worth a run; null if it is. */
export const repetition = (
  session: InformedSession,
  tried: Tried,
  candidate: { experiment: number; tree: string; idea: string },
): Rejection | null => {
  const { tree, idea } = candidate;
  if (tree === session.known.base.tree) {
    return { idea, status: 'no_change', reason: 'the files are as they were' };
  }
  const twin = earlier(session, tried, candidate);
  if (twin === null) return null;
  const reason = `the same files as in experiment ${String(twin)}`;
  return { idea, status: 'duplicate', reason, duplicateOf: twin };
};

const write = async (
  session: InformedSession,
  drafts: readonly CheckedDraft[],
): Promise<CommittedCandidate[]> => {
  const { request, repository, known } = session;
  return await repository.commitCandidates(
    drafts.map(({ experiment, proposer, usage, edits, result }) => ({
      ref: candidateRef(request.loop, experiment),
      parent: request.base,
      prefix: request.source.prefix,
      edits,
      message: candidateMessage({ loop: request.loop, experiment, proposer, usage, idea: result.idea }),
      // a clock would make another commit of the same proposal
      at: known.base.at + 1,
    })),
  );
};

/** To where devices fetch, in one push; what won't run stays here. */
const publish = async ({ request, repository }: InformedSession, prepared: Prepared[]): Promise<void> => {
  const { loop, source } = request;
  const ready = prepared.flatMap((one) => (one.status === 'ready' ? [one] : []));
  await repository.publish(
    source.remote,
    ready.map(({ experiment, commit }) => ({ ref: candidateRef(loop, experiment), commit })),
  );
};

/** Commits drafts, all with one process, and finds those that repeat an earlier experiment. */
export const commitDrafts = async (
  session: InformedSession,
  drafts: readonly CheckedDraft[],
): Promise<Prepared[]> => {
  if (drafts.length === 0) return [];
  const { request, known } = session;
  const commits = await write(session, drafts);
  const trees = [...new Set(commits.map(({ tree }) => tree))];
  const tried = await triedTrees(session, trees);
  const prepared = drafts.map((draft, index): Prepared => {
    const { experiment, proposer, usage, result } = draft;
    const { commit, tree } = commits[index] as CommittedCandidate;
    const idea = oneLine(result.idea, IDEA_LENGTH);
    known.byExperiment.set(experiment, {
      commit,
      tree,
      parent: request.base,
      at: known.base.at + 1,
      message: '',
    });
    const again = repetition(session, tried, { experiment, tree, idea });
    if (again !== null) return rejected(draft, again);
    const ready = { status: 'ready', commit, tree, base: request.base, baseKind: 'current' } as const;
    return { experiment, proposer, idea, usage, ...ready };
  });
  await publish(session, prepared);
  return prepared;
};
