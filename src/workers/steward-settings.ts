import { join, resolve } from 'node:path';
import { STEWARD_NAMESPACE } from '../contract/steward.js';
import { UserError } from '../contract/user-error.js';
import type { Environment } from './environment.js';
import { readTemporal, type TemporalSettings } from './temporal-settings.js';

export interface StewardSettings {
  /** AUTOLIFT_STEWARD: whether this machine's keeper runs one though no task has asked yet */
  wanted: boolean;
  /** the steward's own folder: vaults, audit log, keys */
  root: string;
  /** false: an external server on which a namespace must be named for it */
  configured: boolean;
  namespace: string;
  connection: TemporalSettings['connection'];
  /** by which answers are believed; null: the one that this machine's steward has written */
  publicKey: string | null;
}

const PREFIX = 'AUTOLIFT_STEWARD_TEMPORAL_';

/** AUTOLIFT_STEWARD_TEMPORAL_X takes the place of TEMPORAL_X: another server, or other credentials on the same. */
const asSteward = (environment: Environment): Environment => {
  const own = Object.entries(environment).flatMap(([name, value]): [string, string | undefined][] =>
    name.startsWith(PREFIX) ? [[`TEMPORAL_${name.slice(PREFIX.length)}`, value]] : [],
  );
  return { ...environment, ...Object.fromEntries(own) };
};

export function readSteward(
  environment: Environment,
  home: string,
  loops: TemporalSettings,
): StewardSettings {
  const { kind, connection, address } = readTemporal(asSteward(environment));
  const named = environment['AUTOLIFT_STEWARD_NAMESPACE'] || null;
  const namespace = named ?? STEWARD_NAMESPACE;
  if (address === loops.address && namespace === loops.namespace)
    throw new UserError(
      `"${namespace}" is the namespace of the loops`,
      'AUTOLIFT_STEWARD_NAMESPACE',
      'Give the steward a namespace of its own: it is the only wall between parties that share a server.',
    );
  return {
    wanted: Boolean(environment['AUTOLIFT_STEWARD']),
    root: resolve(environment['AUTOLIFT_VAULTS'] || join(home, 'steward')),
    configured: kind === 'embedded' || named !== null,
    namespace,
    connection,
    publicKey: environment['AUTOLIFT_STEWARD_KEY'] || null,
  };
}
