import { userInfo } from 'node:os';
import { openSteward } from '../activities/steward/index.js';
import { openReserve, type ReserveOrder, type ReserveScore } from '../activities/steward/open-reserve.js';
import { sealVault, type SealedVault } from '../activities/steward/seal-vault.js';
import type { Settings } from './settings.js';

/** What a person does as the steward: seal a vault, open a reserve. */
export const sealAsPerson = async ({ steward, environment }: Settings, name: string): Promise<SealedVault> =>
  await sealVault(await openSteward(steward.root, environment['PATH']), name, userInfo().username);

export const openReserveAsPerson = async (
  { steward, environment }: Settings,
  order: Omit<ReserveOrder, 'actor'>,
): Promise<ReserveScore> =>
  await openReserve(await openSteward(steward.root, environment['PATH']), {
    ...order,
    actor: userInfo().username,
  });

export { hasWalls } from '../activities/steward/index.js';
