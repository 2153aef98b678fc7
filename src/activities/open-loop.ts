import type { ControlActivities } from '../contract/activities.js';
import { branchName, heldRef } from '../contract/names.js';
import type { Deps } from './deps.js';

/** Writes the loop's row and first event, and sets the branch to the base commit. */
export const createOpenLoop =
  ({ ledger, openRepository }: Pick<Deps, 'ledger' | 'openRepository'>): ControlActivities['openLoop'] =>
  async (input) => {
    const { loop, tag, source, task } = input;
    const repository = await openRepository(source.repository);
    await repository.advanceBranch({ branch: branchName(tag), from: null, to: source.baseCommit });
    const held = [source.baseCommit, source.evaluatorCommit];
    await repository.publish(
      source.remote,
      held.map((commit) => ({ ref: heldRef(loop, commit), commit })),
    );
    const at = Date.now();
    await ledger.openLoop({ loop, input, openedAt: at });
    const text = `${task.name} from ${source.baseCommit.slice(0, 12)}`;
    await ledger.append({ experiments: [], events: [{ loop, seq: 0, kind: 'opened', text, at }] });
  };
