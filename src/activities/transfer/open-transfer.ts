import type { ControlActivities } from '../../contract/activities.js';
import { revertsOf } from '../../contract/reverts.js';
import type { Artifact, KeptChange, TransferInput, TransferPlan } from '../../contract/transfer.js';
import { candidateRef } from '../../contract/names.js';
import { TRUSTS_CLAIMS } from '../../contract/trust-claims.js';
import { branchArtifacts, leftOutChanges, withoutChange } from '../../domain/transfer/artifacts.js';
import { planTransfer } from '../../domain/transfer/plan-transfer.js';
import type { Repository } from '../../storage/git/index.js';
import type { Deps } from '../deps.js';
import { readCommits } from '../propose/read-commits.js';

/** What stands, with one change taken back; null where later ones have changed the same lines, or nothing is left of it. */
const leaveOut = async (
  repository: Repository,
  { id, plan, stands }: { id: string; plan: TransferPlan; stands: KeptChange },
  change: KeptChange,
): Promise<Artifact | null> => {
  const { prefix } = plan.source;
  const onto = stands.after;
  const edits = await repository.carryOver({ base: change.after, commit: change.before, onto, prefix });
  if (edits === null || edits.length === 0) return null;
  const parent = (await readCommits(repository, [onto])).get(onto);
  if (parent === undefined) throw new Error(`${repository.directory} has no commit ${onto}`);
  const message = `What stands without the change of experiment ${String(change.experiment)}: ${change.idea}`;
  const ref = candidateRef(id, change.experiment);
  const [made] = await repository.commitCandidates([
    { ref, parent: onto, prefix, edits, message, at: parent.at + 1 },
  ]);
  if (made === undefined) throw new Error('git fast-import wrote no commit');
  const name = withoutChange(stands.experiment, change.experiment);
  return { name, experiment: change.experiment, commit: made.commit };
};

const artifactsOf = async (
  repository: Repository,
  { id, only }: TransferInput,
  plan: TransferPlan,
): Promise<Artifact[]> => {
  const made: Artifact[] = branchArtifacts(plan, only);
  const stands = plan.changes.at(-1);
  if (stands === undefined) return made;
  for (const change of leftOutChanges(plan, only)) {
    const artifact = await leaveOut(repository, { id, plan, stands }, change);
    if (artifact !== null) made.push(artifact);
  }
  return made;
};

/** Reads off a loop's record what of it can be measured elsewhere, and what this very study has measured before. */
export const createOpenTransfer =
  ({ ledger, openRepository }: Pick<Deps, 'ledger' | 'openRepository'>): ControlActivities['openTransfer'] =>
  async (input) => {
    const record = await ledger.record(input.loop);
    if (record === null) throw new Error(`the ledger has no loop ${input.loop} yet`);
    const plan = planTransfer(record, {
      reverts: revertsOf(record.events),
      trustsClaims: record.events.some(({ text }) => text === TRUSTS_CLAIMS),
    });
    if (plan === null) return { plan, artifacts: [], made: [] };
    const repository = await openRepository(plan.source.repository);
    const rows = (record.transfers ?? []).filter(({ id }) => id === input.id);
    return {
      plan,
      artifacts: await artifactsOf(repository, input, plan),
      made: rows.map(({ artifact, pair, run }) => ({
        device: run.deviceClass,
        artifact,
        pair,
        status: run.status,
        value: run.value,
      })),
    };
  };
