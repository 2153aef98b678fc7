import type { HoldoutBudget } from '../../contract/audit.js';
import { allMistakes } from '../../contract/all-mistakes.js';
import { UserError } from '../../contract/user-error.js';
import type { Vault } from '../../contract/vault-schema.js';
import { suiteBudget } from '../../domain/holdout/budget.js';
import { sha256 } from '../../storage/audit/index.js';
import { inspectVault, openVault, type OpenVault, suiteOf } from '../../storage/vault/index.js';
import type { StewardDeps } from './deps.js';
import { missingFiles } from './missing-files.js';

export interface SealedVault {
  suite: string;
  kind: Vault['kind'];
  task: string;
  dataHash: string;
  budget: HoldoutBudget;
  /** false: this very vault had been sealed already */
  fresh: boolean;
}

const NOTHING: HoldoutBudget = { queries: 0, passes: 0, bits: 0 };

/** A vault that nothing is wrong with; else all that is. */
const openWhole = async (root: string, name: string): Promise<OpenVault> => {
  const inspected = await inspectVault(root, name);
  if (inspected === null)
    throw new UserError(
      'there is no such vault',
      `vault ${name}`,
      `Put its folder under ${root}/vaults, with a vault.yaml; docs/security.md shows one.`,
    );
  const { folder, vault, mistakes } = inspected;
  const missing = vault === null ? [] : await missingFiles({ folder, vault });
  const mistake = allMistakes([...mistakes, ...missing], folder);
  if (mistake !== null) throw mistake;
  const open = await openVault(root, name);
  if (open === null) throw new Error('the vault went away while it was sealed');
  return open;
};

/** Pins a vault's version, task, command and every file of it in the audit log, and opens its budget. */
export const sealVault = async (
  deps: Pick<StewardDeps, 'root' | 'audit'>,
  name: string,
  actor: string,
): Promise<SealedVault> => {
  const open = await openWhole(deps.root, name);
  const { vault, dataHash } = open;
  const suite = suiteOf(vault);
  const before = (await deps.audit.records()).find((one) => one.kind === 'rotate' && one.suite === suite);
  if (before?.kind === 'rotate') {
    if (before.dataHash === dataHash)
      return { suite, kind: vault.kind, task: vault.task, dataHash, budget: before.budget, fresh: false };
    throw new UserError(
      `${suite} was sealed before, and its files have changed since`,
      open.folder,
      'Give it a new `version`: what was answered about the old one says nothing of the new one.',
    );
  }
  const budget = vault.kind === 'reserve' ? NOTHING : suiteBudget(vault.budget.queries, vault.budget.passes);
  await deps.audit.append({
    kind: 'rotate',
    suite,
    task: vault.task,
    commandHash: sha256(vault.score),
    dataHash,
    vaultKind: vault.kind,
    budget,
    ...(vault.unit === undefined ? {} : { unit: vault.unit }),
    ...(vault.claimUnit === undefined ? {} : { claimUnit: vault.claimUnit }),
    actor,
  });
  return { suite, kind: vault.kind, task: vault.task, dataHash, budget, fresh: true };
};
