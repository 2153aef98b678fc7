import type { Artifact } from '../../../contract/promotion.js';
import type { Outcome } from '../../../contract/outcome.js';
import { skipSeeds } from '../../../domain/promotion/skip-seeds.js';
import { sealArtifact } from './artifact-commit.js';
import type { Trial } from './trial.js';
import { outcomeOf } from '../../../domain/evidence/outcome-of.js';

/** The run that also runs the guards, on the commit that would be the new trunk; what it ended as where it failed. */
const guard = async (trial: Trial, commit: string): Promise<{ outcome: Outcome; reason: string } | null> => {
  const seed = trial.state.nextSeed;
  const guarded = await trial.run({ role: 'candidate', index: seed, seed, commit, guards: true });
  trial.state = skipSeeds(trial.state, seed + 1);
  return guarded === null || guarded.status === 'ok'
    ? null
    : { outcome: outcomeOf(guarded.status), reason: guarded.detail };
};

/** Makes the new trunk's commit and lets the guards see it; a verdict if that already ends the promotion. */
export const seal = async (
  trial: Trial,
  artifact: Artifact,
): Promise<{ outcome: Outcome; reason: string } | null> => {
  const commit = await trial.patiently(() => sealArtifact(trial, artifact));
  if (trial.loop.stopping !== null) return null;
  if (commit === null) return { outcome: 'inconclusive', reason: 'the changes that are left conflict' };
  trial.sealed = commit;
  trial.changes = artifact.changes;
  trial.prepared = { ...trial.prepared, commit };
  const failed = trial.loop.input.task.guards.length === 0 ? null : await guard(trial, commit);
  if (failed !== null || trial.loop.stopping !== null) return failed;
  trial.step({ kind: 'sealed', commit });
  return null;
};
