import { existsSync } from 'node:fs';
import { loadClientConnectConfig, type ClientConnectConfig } from '@temporalio/envconfig';
import { UserError } from '../contract/user-error.js';
import { readPort, type Environment } from './environment.js';

type ConnectionOptions = ClientConnectConfig['connectionOptions'];

export interface TemporalSettings {
  /** embedded: started on this machine when needed; external: somebody runs it */
  kind: 'embedded' | 'external';
  address: string;
  namespace: string;
  /** address, TLS, API key: as both the client's and the worker's connection take it */
  connection: ConnectionOptions;
  port: number;
  uiPort: number;
  /** null: an external server whose page AUTOLIFT_UI_URL doesn't name */
  uiUrl: string | null;
}

/** A profile file alone is no wish to use its server: it may be somebody's production. */
const EXTERNAL = ['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE'];

export function readTemporal(environment: Environment): TemporalSettings {
  const external = EXTERNAL.some((name) => environment[name]);
  const port = readPort(environment, 'AUTOLIFT_TEMPORAL_PORT', 7233);
  const uiPort = readPort(environment, 'AUTOLIFT_UI_PORT', 8233);
  if (!external) {
    const address = `127.0.0.1:${String(port)}`;
    return {
      kind: 'embedded',
      address,
      namespace: 'default',
      connection: { address },
      port,
      uiPort,
      uiUrl: `http://127.0.0.1:${String(uiPort)}`,
    };
  }
  const { connectionOptions, namespace } = loadProfile(environment);
  return {
    kind: 'external',
    address: connectionOptions.address ?? '127.0.0.1:7233',
    namespace: namespace ?? 'default',
    connection: connectionOptions,
    port,
    uiPort,
    uiUrl: environment['AUTOLIFT_UI_URL'] || null,
  };
}

function loadProfile(environment: Environment): ReturnType<typeof loadClientConnectConfig> {
  const file = environment['TEMPORAL_CONFIG_FILE'];
  if (file && !existsSync(file))
    throw new UserError('there is no such file', `TEMPORAL_CONFIG_FILE: ${file}`, 'Correct it, or unset it.');
  const present = Object.entries(environment).filter((entry): entry is [string, string] => !!entry[1]);
  try {
    return loadClientConnectConfig({ overrideEnvVars: Object.fromEntries(present) });
  } catch (error) {
    throw new UserError(
      `can't be read: ${error instanceof Error ? error.message : String(error)}`,
      environment['TEMPORAL_CONFIG_FILE'] ?? 'TEMPORAL_* variables',
      'Correct TEMPORAL_ADDRESS, TEMPORAL_PROFILE or the profile file, or unset them to use the embedded server.',
    );
  }
}
