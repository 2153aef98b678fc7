import { UserError } from '../../contract/user-error.js';
import { readRemoteUrl, type Repository, type RemoteUrl } from '../../storage/git/index.js';
import type { LoadedTask } from './load-task.js';

/** How long the first push may take: with the whole history, over a slow line. */
const FIRST_PUSH_MS = 30 * 60_000;

const named = async (repository: Repository, name: string, where: string): Promise<string> => {
  const url = /^[\w.-]+$/.test(name) ? await repository.remoteUrl(name) : name;
  if (url !== null) return url;
  throw new UserError(
    `the repository has no remote "${name}"`,
    where,
    `Add it (git remote add ${name} URL), or write a URL.`,
  );
};

/** What device hosts fetch a task's commits from: the task's own remote, this machine's, or the repository itself. */
export const chooseRemote = async (
  { task, taskFile }: Pick<LoadedTask, 'task' | 'taskFile'>,
  repository: Repository,
  own: RemoteUrl | null,
): Promise<string> => {
  if (task.remote === undefined) return own?.url ?? repository.directory;
  const where = `${taskFile}: remote`;
  const { url, credentials } = readRemoteUrl(await named(repository, task.remote, where), where);
  if (credentials !== null && own?.url !== url)
    throw new UserError(
      'its URL holds a user or a password, which would be written into the loop’s history',
      where,
      'Leave them out, and use a git credential helper, ssh, or AUTOLIFT_GIT_REMOTE.',
    );
  return url;
};

/** Before anything is started: whether the remote takes commits, with those that a loop begins with. */
export const publishStart = async (
  repository: Repository,
  remote: string,
  { task, commit }: { task: string; commit: string },
): Promise<void> => {
  const ref = `refs/autolift/${task}/at/${commit.slice(0, 16)}`;
  await repository.publish(remote, [{ ref, commit }], FIRST_PUSH_MS);
};
