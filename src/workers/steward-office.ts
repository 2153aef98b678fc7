import { userInfo } from 'node:os';
import { openSteward } from '../activities/steward/index.js';
import { openReserve, type ReserveOrder, type ReserveScore } from '../activities/steward/open-reserve.js';
import { sealVault, type SealedVault } from '../activities/steward/seal-vault.js';
import type { Settings } from './settings.js';

/** Who does it, for the log; a container may run as a number that has no name. */
const actor = (): string => {
  try {
    return userInfo().username;
  } catch {
    return `user ${String(process.getuid?.() ?? 'unknown')}`;
  }
};

/** What a person does as the steward: seal a vault, open a reserve. */
export const sealAsPerson = async ({ steward, environment }: Settings, name: string): Promise<SealedVault> =>
  await sealVault(await openSteward(steward.root, environment['PATH']), name, actor());

export const openReserveAsPerson = async (
  { steward, environment }: Settings,
  order: Omit<ReserveOrder, 'actor'>,
): Promise<ReserveScore> =>
  await openReserve(await openSteward(steward.root, environment['PATH']), {
    ...order,
    actor: actor(),
  });

export { hasWalls } from '../activities/steward/index.js';
