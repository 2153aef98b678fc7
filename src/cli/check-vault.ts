import { randomUUID } from 'node:crypto';
import {
  INVALID_SENTENCES,
  PROBE_VAULT,
  vaultName,
  type InvalidReason,
  type VaultProbed,
} from '../contract/steward.js';
import type { Task } from '../contract/task-schema.js';
import { UserError } from '../contract/user-error.js';
import { stewardPort } from '../workers/steward-port.js';
import type { Settings } from '../workers/settings.js';

/** A steward that is being started answers within seconds. */
const PATIENCE_MS = 30_000;

const GUIDE = 'docs/security.md says how, in five minutes.';

const FIXES: Readonly<Partial<Record<InvalidReason, string>>> = {
  unknown_vault: `As the steward, put its folder below AUTOLIFT_VAULTS/vaults and seal it; ${GUIDE}`,
  not_sealed: 'As the steward: `autolift vault seal NAME`.',
  vault_changed: 'As the steward: give vault.yaml a new `version`, then `autolift vault seal NAME`.',
  not_pinned:
    "Make `task` and `score` of vault.yaml this task's name and its holdout.command, word for word.",
  reserve: 'Name a generator or a suite here; a reserve opens once, at the end, by a person.',
  budget_spent:
    'As the steward: rotate it, with new instances, a new `version` and `autolift vault seal NAME`.',
  no_sandbox: 'Install bubblewrap on the host of the steward; `autolift doctor` checks it.',
};

const silent = ({ steward }: Settings): UserError =>
  new UserError(
    `no steward answers in the namespace ${steward.namespace}: this task asks a holdout before it keeps anything`,
    'task.yaml: holdout',
    'Start one as its own user, `autolift worker steward`, or leave `holdout` out. ' + GUIDE,
  );

/** A loop that could never ask its holdout isn't started: one message, before anything is spent. */
export const checkVault = async (settings: Settings, { holdout, name }: Task): Promise<void> => {
  if (holdout === undefined) return;
  const steward = stewardPort(settings);
  const { port } = steward;
  try {
    const vault = vaultName(holdout.vault);
    const probed = await port
      .execute<VaultProbed>({
        workflow: PROBE_VAULT,
        id: `${name}/probe-${randomUUID()}`,
        argument: { v: 1, task: name, vault, command: holdout.command },
        withinMs: PATIENCE_MS,
      })
      .catch(() => null);
    if (probed === null) throw silent(settings);
    const { reason } = probed;
    if (reason !== null)
      throw new UserError(
        INVALID_SENTENCES[reason],
        `task.yaml: holdout.vault: ${vault}`,
        (FIXES[reason] ?? GUIDE).replace('NAME', vault),
      );
    if (port.publicKey() === null)
      throw new UserError(
        "the steward's key is not known here, so none of its answers would be believed",
        'AUTOLIFT_STEWARD_KEY',
        'Set it to the key that the steward prints when it starts.',
      );
  } finally {
    await steward.close();
  }
};
