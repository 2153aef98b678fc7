import type { ControlActivities } from '../contract/activities.js';
import { candidateRef } from '../contract/names.js';
import { candidateMessage } from '../domain/proposers/candidate-message.js';
import type { Deps } from './deps.js';
import { carriedFault } from './gates/carried-fault.js';
import { readCommits } from './propose/read-commits.js';

/**
 * Carries a candidate over to a new incumbent. Where both changed the same lines, or what a merge makes of two mechanisms fails
 * at a gate, it stays as it is and is measured so, and its record says that it is stale.
 */
export const createRebase =
  (deps: Pick<Deps, 'openRepository' | 'checkMechanism'>): ControlActivities['rebase'] =>
  async ({ loop, task, source, prepared, onto }) => {
    const { prefix } = source;
    const { base, commit, experiment, proposer, idea, usage } = prepared;
    if (base === onto) return prepared;
    const repository = await deps.openRepository(source.repository);
    const edits = await repository.carryOver({ base, commit, onto, prefix });
    // nothing left to carry: the new incumbent has it all, and measuring it again would say so
    if (edits === null || edits.length === 0) return { ...prepared, baseKind: 'stale' };
    if ((await carriedFault(deps, { task, source, prepared, onto }, edits)) !== null)
      return { ...prepared, baseKind: 'stale' };
    const parent = (await readCommits(repository, [onto])).get(onto);
    if (parent === undefined) throw new Error(`${repository.directory} has no commit ${onto}`);
    const ref = candidateRef(loop, experiment);
    const [committed] = await repository.commitCandidates([
      {
        ref,
        parent: onto,
        prefix,
        edits,
        message: candidateMessage({ loop, experiment, proposer, idea, usage }),
        at: parent.at + 1,
      },
    ]);
    if (committed === undefined) throw new Error('git fast-import wrote no commit');
    await repository.publish(source.remote, [{ ref, commit: committed.commit }]);
    return { ...prepared, ...committed, base: onto, baseKind: 'rebased' };
  };
