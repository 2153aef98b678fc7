import { openRepository, type Repository } from '../storage/git/repository.js';

/** What somebody should know who has checked the loop's branch out: their tree stays where it was. */
export const branchNotices = async (repository: Repository, branch: string): Promise<string[]> =>
  (await repository.checkedOutAt(branch).catch(() => [])).map(
    (folder) =>
      `${branch} is checked out in ${folder}: each keep moves it, and \`git status\` there then shows the kept ` +
      `changes as if you had undone them. \`git switch --detach\` there, or look at it in a tree of its own: ` +
      `\`git worktree add --detach <folder> ${branch}\``,
  );

/** The same of a loop, as its workflow names branch and repository; nothing where the repository is elsewhere. */
export const branchNoticesOf = async (memo: Record<string, unknown> | undefined): Promise<string[]> => {
  const { branch, repository: directory } = memo ?? {};
  if (typeof branch !== 'string' || typeof directory !== 'string') return [];
  const repository = await openRepository(directory).catch(() => null);
  return repository === null ? [] : branchNotices(repository, branch);
};
