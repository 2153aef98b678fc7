import { join, resolve } from 'node:path';
import { availableParallelism, homedir } from 'node:os';
import { readCount, readPort, type Environment } from './environment.js';
import { readSteward, type StewardSettings } from './steward-settings.js';
import { readTemporal, type TemporalSettings } from './temporal-settings.js';

export type DatabaseSettings = { kind: 'embedded'; port: number } | { kind: 'external'; url: string };

/** Everything that the environment decides, read once and passed down. */
export interface Settings {
  /** folder of servers' data, blobs and logs */
  home: string;
  temporal: TemporalSettings;
  database: DatabaseSettings;
  blobs: string;
  cpuDevices: number;
  steward: StewardSettings;
  environment: Environment;
}

/** The one reader of the environment. */
export function readSettings(environment: Environment): Settings {
  const home = resolve(environment['AUTOLIFT_HOME'] || join(dataFolder(environment), 'autolift'));
  const url = environment['DATABASE_URL'];
  const port = readPort(environment, 'AUTOLIFT_POSTGRES_PORT', 54329);
  const temporal = readTemporal(environment);
  return {
    home,
    temporal,
    database: url ? { kind: 'external', url } : { kind: 'embedded', port },
    blobs: join(home, 'blobs'),
    cpuDevices: readCount(environment, 'AUTOLIFT_CPU_DEVICES', availableParallelism()),
    steward: readSteward(environment, home, temporal),
    environment,
  };
}

const dataFolder = (environment: Environment): string =>
  environment['XDG_DATA_HOME'] || join(environment['HOME'] || homedir(), '.local', 'share');
