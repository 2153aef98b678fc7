import { patched } from '@temporalio/workflow';
import type { Prepared, Ready } from '../../contract/proposal.js';
import { twinOf } from '../../domain/proposal/twin.js';
import type { Loop } from './loop.js';

/** The experiment that the loop took in with the same files; null: they are new, and from now on taken in. */
const takeIn = (loop: Loop, ready: Ready): number | null => {
  const twin = twinOf(ready, loop.takenIn.values());
  if (twin === null || !patched('twins under way')) {
    const { experiment, tree, steering } = ready;
    loop.takenIn.set(experiment, { experiment, tree, ...(steering !== undefined && { steering }) });
    return null;
  }
  // what it repeats must not find a twin in it
  loop.takenIn.delete(ready.experiment);
  return twin;
};

/**
 * Whoever proposes compares with what has a row or a commit. Two that propose at the same time, and a candidate that is
 * carried over, don't meet there: the second of them repeats the first, which may not have run yet.
 */
export const unlessTwin = (loop: Loop, prepared: Prepared): Prepared => {
  if (prepared.status !== 'ready') return prepared;
  const twin = takeIn(loop, prepared);
  if (twin === null) return prepared;
  const { commit: _commit, tree: _tree, base: _base, baseKind: _kind, ...rest } = prepared;
  const reason = `the same files as in experiment ${String(twin)}`;
  return { ...rest, status: 'duplicate', reason, duplicateOf: twin };
};
