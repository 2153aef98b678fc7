import { databaseUrl } from '../workers/database-url.js';
import type { Settings } from '../workers/settings.js';

/** Where everything is, once it runs. */
export interface Engine {
  temporalAddress: string;
  namespace: string;
  uiUrl: string | null;
  databaseUrl: string;
  /** devices of the CPU class that this machine serves */
  cpuDevices: number;
  /** what the caller should know, in words */
  notices: string[];
  /** variables whose values the running workers now have from the caller, for every loop */
  taken: string[];
}

export function describeEngine(
  settings: Settings,
  cpuDevices: number,
  { notices, taken }: Pick<Engine, 'notices' | 'taken'> = { notices: [], taken: [] },
): Engine {
  const { address, namespace, uiUrl } = settings.temporal;
  return {
    temporalAddress: address,
    namespace,
    uiUrl,
    databaseUrl: databaseUrl(settings),
    cpuDevices,
    notices,
    taken,
  };
}
