import { readRemoteUrl, type RemoteUrl } from '../storage/git/index.js';
import type { Environment } from './environment.js';

export const GIT_REMOTE = 'AUTOLIFT_GIT_REMOTE';

/** Where loops put their commits for device hosts to fetch, unless their task names another place; null: nowhere. */
export const readGitRemote = (environment: Environment): RemoteUrl | null => {
  const text = environment[GIT_REMOTE];
  return text ? readRemoteUrl(text, GIT_REMOTE) : null;
};
