import { join, resolve } from 'node:path';
import { availableParallelism, homedir } from 'node:os';
import type { ArtifactPlace } from '../contract/artifacts.js';
import { readArtifacts } from './artifact-settings.js';
import { readDeployment, type DeploymentVersion } from './deployment.js';
import { readCount, readPort, type Environment } from './environment.js';
import { readGitRemote } from './git-remote-settings.js';
import { readSteward, type StewardSettings } from './steward-settings.js';
import type { RemoteUrl } from '../storage/git/index.js';
import { readTemporal, type TemporalSettings } from './temporal-settings.js';

export type DatabaseSettings = { kind: 'embedded'; port: number } | { kind: 'external'; url: string };

/** Everything that the environment decides, read once and passed down. */
export interface Settings {
  /** folder of servers' data, blobs and logs */
  home: string;
  temporal: TemporalSettings;
  database: DatabaseSettings;
  /** logs, transcripts and other large things: AUTOLIFT_ARTIFACTS, else a folder of home */
  artifacts: ArtifactPlace;
  /** AUTOLIFT_GIT_REMOTE, of tasks that name none */
  gitRemote: RemoteUrl | null;
  cpuDevices: number;
  steward: StewardSettings;
  /** of the control worker; null: none */
  deployment: DeploymentVersion | null;
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
    artifacts: readArtifacts(environment, home),
    gitRemote: readGitRemote(environment),
    cpuDevices: readCount(environment, 'AUTOLIFT_CPU_DEVICES', availableParallelism()),
    steward: readSteward(environment, home, temporal),
    // a server that is started here has one build of the code, this one
    deployment: temporal.kind === 'external' ? readDeployment(environment) : null,
    environment,
  };
}

const dataFolder = (environment: Environment): string =>
  environment['XDG_DATA_HOME'] || join(environment['HOME'] || homedir(), '.local', 'share');
