import type { StewardActivities } from '../../contract/steward.js';
import { vaultProbeSchema } from '../../contract/vault-schema.js';
import { leftOf, mayAsk, usedOf } from '../../domain/holdout/budget.js';
import { suiteOf } from '../../storage/vault/index.js';
import { openFor } from './admit.js';
import type { StewardDeps } from './deps.js';

/** Whether a vault is there, sealed, pinned to this task, and has questions left. */
export const createCheckVault =
  (deps: StewardDeps): StewardActivities['checkVault'] =>
  async (probe) => {
    const parsed = vaultProbeSchema.safeParse(probe);
    if (!parsed.success) return { reason: 'bad_question', left: null };
    const found = await openFor(deps, parsed.data);
    if ('refused' in found) return { reason: found.refused, left: null };
    const { open, seal, records } = found;
    const suite = suiteOf(open.vault);
    const used = usedOf(records, suite);
    if (records.some((one) => one.kind === 'alarm' && one.what === 'leak' && one.suite === suite))
      return { reason: 'burnt', left: null };
    return { reason: mayAsk(seal.budget, used) ? null : 'budget_spent', left: leftOf(seal.budget, used) };
  };
