import type { VaultProbe, VaultProbed } from '../../contract/steward.js';
import { checkVault } from './activities.js';

/** Whether a vault could be asked by a task, for a person who is about to start a loop. */
export async function probeVault(probe: VaultProbe): Promise<VaultProbed> {
  return await checkVault(probe);
}
