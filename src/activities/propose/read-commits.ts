import { openGit } from '../../storage/git/git.js';
import type { Repository } from '../../storage/git/index.js';

export interface CommitInfo {
  commit: string;
  tree: string;
  /** first parent; null for a root */
  parent: string | null;
  /** committer's time, whole seconds since the epoch */
  at: number;
  message: string;
}

const parse = (commit: string, text: string): CommitInfo => {
  const end = text.indexOf('\n\n');
  const head = text.slice(0, end === -1 ? text.length : end);
  return {
    commit,
    tree: /^tree ([0-9a-f]+)$/m.exec(head)?.[1] ?? '',
    parent: /^parent ([0-9a-f]+)$/m.exec(head)?.[1] ?? null,
    at: Number(/^committer .* (\d+) [-+]\d{4}$/m.exec(head)?.[1] ?? '0'),
    message: end === -1 ? '' : text.slice(end + 2),
  };
};

/** Many commits by hash or ref with one process; what isn't there is left out. */
export const readCommits = async (
  repository: Repository,
  names: readonly string[],
): Promise<Map<string, CommitInfo>> => {
  const commits = new Map<string, CommitInfo>();
  if (names.length === 0) return commits;
  const git = openGit(repository.directory);
  const answer = await git.bytes(['cat-file', '--batch', '--buffer'], `${names.join('\n')}\n`);
  let at = 0;
  for (const name of names) {
    const end = answer.indexOf(0x0a, at);
    const [, hash, type, size] = /^([0-9a-f]+) (\w+) (\d+)$/.exec(answer.toString('utf8', at, end)) ?? [];
    at = end + 1;
    if (hash === undefined || size === undefined) continue;
    if (type === 'commit') commits.set(name, parse(hash, answer.toString('utf8', at, at + Number(size))));
    at += Number(size) + 1;
  }
  return commits;
};
