import { stat } from 'node:fs/promises';
import { UserError } from '../../contract/user-error.js';
import { gitIn } from './git.js';
import { requireGit } from './require-git.js';

export interface FoundRepository {
  /** absolute path of the common git directory */
  repository: string;
  /** the folder inside it, "" for the root */
  prefix: string;
  /** commit that is checked out there */
  head: string;
  /** false in a bare repository */
  hasWorkTree: boolean;
}

const refuseMissing = async (folder: string): Promise<void> => {
  const found = await stat(folder).catch(() => null);
  if (found?.isDirectory() === true) return;
  throw new UserError('there is no such folder', folder, 'give the path of the folder that holds task.yaml');
};

const WHERE = [
  'rev-parse',
  '--path-format=absolute',
  '--git-common-dir',
  '--is-inside-work-tree',
  '--show-prefix',
  'HEAD^{commit}',
];

const explain = (error: unknown, folder: string): unknown => {
  const said = error instanceof Error ? error.message : '';
  if (/not a git repository/i.test(said)) {
    const fix = 'make it one: git init && git add -A && git commit -m "start"';
    return new UserError('this folder is not in a git repository', folder, fix);
  }
  if (!/ambiguous argument 'HEAD/.test(said)) return error;
  const fix = 'commit the files of the task first: git add -A && git commit -m "start"';
  return new UserError('the repository has no commit yet', folder, fix);
};

/** Finds the repository of a folder: of its root, a subfolder, a linked worktree, a git directory or a bare one. */
export const findRepository = async (folder: string): Promise<FoundRepository> => {
  await refuseMissing(folder);
  await requireGit(folder);
  const found = await gitIn(folder)(WHERE).catch((error: unknown) => {
    throw explain(error, folder);
  });
  const [repository = '', inside, prefix = '', head = ''] = found.split('\n');
  return { repository, prefix: prefix.replace(/\/$/, ''), head, hasWorkTree: inside === 'true' };
};
