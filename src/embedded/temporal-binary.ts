import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { UserError } from '../contract/user-error.js';
import type { Environment } from '../workers/environment.js';

/** The build that the set-up makes or downloads; scripts/setup/temporal.mjs puts it there. */
export const CLI_VERSION = '1.5.1';

/** `temporal` from the PATH if it is recent enough, else the set-up's own. */
export function findTemporal(environment: Environment): string {
  const cached = cachedBinary(environment);
  const found = [...onPath(environment), cached].find((file) => isExecutable(file) && isRecent(file, cached));
  if (found !== undefined) return found;
  throw new UserError(
    'there is no Temporal server on this machine',
    cached,
    'Run `npm run build`, which downloads or builds it, or set TEMPORAL_ADDRESS to a server of your own.',
  );
}

function cachedBinary(environment: Environment): string {
  const cache = environment['XDG_CACHE_HOME'] || join(environment['HOME'] || homedir(), '.cache');
  return join(cache, 'autolift', `temporal-${CLI_VERSION}`, 'temporal');
}

const onPath = (environment: Environment): string[] =>
  (environment['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'temporal'));

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const isRecent = (file: string, cached: string): boolean =>
  file === cached || isRecentVersion(versionLine(file));

function versionLine(file: string): string {
  try {
    return execFileSync(file, ['--version'], {
      encoding: 'utf8',
      timeout: 5000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return '';
  }
}

/** CLI 1.5 or a build from source that holds its server, 1.29. */
export function isRecentVersion(line: string): boolean {
  const [, major, minor] = /version v?(\d+)\.(\d+)/.exec(line) ?? [];
  const [, serverMajor, serverMinor] = /Server v?(\d+)\.(\d+)/.exec(line) ?? [];
  const number = (a?: string, b?: string): number => Number(a ?? 0) * 1000 + Number(b ?? 0);
  return number(major, minor) >= 1005 || number(serverMajor, serverMinor) >= 1029;
}
