import type { Artifact } from '../../../contract/promotion.js';
import { compose } from '../activities.js';
import type { Trial } from './trial.js';

/** The commit that holds an artifact of the machine's: trunk, head, or a composition of some changes. */
export const artifactCommit = async (trial: Trial, { changes }: Artifact): Promise<string | null> => {
  const { trunk, head, promotion } = trial.begun;
  if (changes.length === 0) return trunk.commit;
  const key = changes.join();
  if (key === promotion.branch.join()) return head.commit;
  const known = trial.composed.get(key);
  if (known !== undefined) return known;
  const commit = await composeNow(trial, changes, trial.composed.size + 1);
  trial.composed.set(key, commit);
  return commit;
};

/** Under its own ref, variant 0, for good. */
export const sealArtifact = async (trial: Trial, artifact: Artifact): Promise<string | null> => {
  const { head, promotion } = trial.begun;
  return artifact.changes.join() === promotion.branch.join()
    ? head.commit
    : await composeNow(trial, artifact.changes, 0);
};

const composeNow = async (
  { loop, prepared, begun }: Trial,
  changes: readonly string[],
  variant: number,
): Promise<string | null> => {
  const { loop: id, source } = loop.input;
  const { experiment, idea } = prepared;
  const wanted = begun.provisional.filter((one) => changes.includes(String(one.experiment)));
  const made = await compose({
    loop: id,
    source,
    experiment,
    variant,
    idea,
    base: begun.trunk.branchCommit,
    changes: wanted,
  });
  return made?.commit ?? null;
};
