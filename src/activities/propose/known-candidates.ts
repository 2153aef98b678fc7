import type { ProposeRequest } from '../../contract/activities.js';
import { candidateRef } from '../../contract/names.js';
import { NO_USAGE, type Ready } from '../../contract/proposal.js';
import { readCandidateMessage } from '../../domain/proposers/candidate-message.js';
import type { Repository } from '../../storage/git/index.js';
import { type CommitInfo, readCommits } from './read-commits.js';

/** What the repository knows before anything is proposed. */
export interface KnownCandidates {
  base: CommitInfo;
  /** candidates by experiment: those asked for, and those that may wait unsettled */
  byExperiment: Map<number, CommitInfo>;
}

/** The ledger knows what is settled; whatever is younger is within this many experiments. */
const unsettled = ({ task }: ProposeRequest): number =>
  Math.min(600, Math.max(32, 2 * (task.concurrency + (task.ahead ?? task.concurrency))));

/** Reads the base, the candidates that exist already and the recent ones, all with one process. */
export const readKnown = async (
  repository: Repository,
  request: ProposeRequest,
): Promise<KnownCandidates> => {
  const { base, experiments, loop } = request;
  const last = Math.max(...experiments);
  const first = Math.max(1, Math.min(...experiments) - unsettled(request));
  const numbers = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  const names = numbers.map((number) => candidateRef(loop, number));
  const found = await readCommits(repository, [base, ...names]);
  const info = found.get(base);
  if (info === undefined) throw new Error(`${repository.directory} has no commit ${base}`);
  const byExperiment = new Map<number, CommitInfo>();
  for (const [index, name] of names.entries()) {
    const candidate = found.get(name);
    if (candidate !== undefined) byExperiment.set(numbers[index] ?? 0, candidate);
  }
  return { base: info, byExperiment };
};

/** A candidate that an earlier attempt has committed, as it was then; its proposer is not asked again. */
export const recognise = (request: ProposeRequest, experiment: number, found: CommitInfo): Ready | null => {
  const note = readCandidateMessage(found.message, NO_USAGE);
  if (note?.loop !== request.loop || note.experiment !== experiment || found.parent === null) return null;
  const { proposer, idea, usage } = note;
  const { commit, tree, parent } = found;
  return {
    experiment,
    proposer,
    idea,
    usage,
    status: 'ready',
    commit,
    tree,
    base: parent,
    baseKind: 'current',
  };
};
