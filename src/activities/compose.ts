import type { Composed, ComposeRequest, ControlActivities } from '../contract/activities.js';
import { candidateRef } from '../contract/names.js';
import type { Repository } from '../storage/git/repository.js';
import type { Deps } from './deps.js';
import { readCommits } from './propose/read-commits.js';

/** The promotion itself has its own ref; what it was compared with on the way has others beside it. */
const refOf = ({ loop, experiment, variant }: ComposeRequest): string => {
  const ref = candidateRef(loop, experiment);
  return variant === 0 ? ref : `${ref}.${String(variant)}`;
};

const layOn = async (
  repository: Repository,
  request: ComposeRequest,
  { onto, change }: { onto: string; change: ComposeRequest['changes'][number] },
): Promise<Composed | null> => {
  const { loop, source, experiment } = request;
  const { prefix } = source;
  const edits = await repository.carryOver({ base: change.base, commit: change.commit, onto, prefix });
  if (edits === null) return null;
  if (edits.length === 0) return { commit: onto, tree: null };
  const parent = (await readCommits(repository, [onto])).get(onto);
  if (parent === undefined) throw new Error(`${repository.directory} has no commit ${onto}`);
  const message = `${request.idea}\n\nThe change of experiment ${String(change.experiment)} of ${loop}, carried over for promotion ${String(experiment)}.`;
  const [committed] = await repository.commitCandidates([
    { ref: refOf(request), parent: onto, prefix, edits, message, at: parent.at + 1 },
  ]);
  if (committed === undefined) throw new Error('git fast-import wrote no commit');
  return committed;
};

/** Lays changes onto a trunk, a commit each. The same request makes the same commits. */
export const createCompose =
  ({ openRepository }: Pick<Deps, 'openRepository'>): ControlActivities['compose'] =>
  async (request) => {
    const repository = await openRepository(request.source.repository);
    let made: Composed = { commit: request.base, tree: null };
    for (const change of request.changes) {
      const next = await layOn(repository, request, { onto: made.commit, change });
      if (next === null) return null;
      made = { commit: next.commit, tree: next.tree ?? made.tree };
    }
    await repository.publish(request.source.remote, [{ ref: refOf(request), commit: made.commit }]);
    return made;
  };
