import type { ControlActivities } from '../contract/activities.js';
import { nameChanges } from '../domain/loop/name-changes.js';
import type { Deps } from './deps.js';

/** Compares the lists that device workers have left; one on a host with a store of its own isn't here. */
export const createEnvironmentChanges =
  ({ blobs }: { blobs: Pick<Deps['blobs'], 'get'> }): ControlActivities['environmentChanges'] =>
  async ({ before, after }) => {
    const [old, fresh] = await Promise.all([blobs.get(before), blobs.get(after)]);
    if (old === null || fresh === null) return { changed: [] };
    return { changed: nameChanges(old.toString(), fresh.toString()) };
  };
