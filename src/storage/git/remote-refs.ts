import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { explainRemote } from './explain-remote.js';
import { gitIn } from './git.js';
import { pushCommits, runOnRemote } from './push-commits.js';
import type { RemoteUrl } from './remote-url.js';

const LIMIT_MS = 60_000;
/** Deletions that go with one push. */
const BATCH = 400;

/** What autolift has put on a remote: the names of its refs. */
export const listRemoteRefs = async (remote: RemoteUrl): Promise<string[]> => {
  const args = ['ls-remote', '--refs', '--', remote.url, 'refs/autolift/*'];
  const { exitCode, out, err } = await runOnRemote({ directory: '/', remote, limitMs: LIMIT_MS }, args);
  if (exitCode !== 0) throw explainRemote(remote.url, hostname(), err.toString());
  return out
    .toString()
    .split('\n')
    .flatMap((line) => /^[0-9a-f]+\t(refs\/autolift\/\S+)$/.exec(line)?.[1] ?? []);
};

export const deleteRemoteRefs = async (remote: RemoteUrl, refs: readonly string[]): Promise<void> => {
  for (let at = 0; at < refs.length; at += BATCH) {
    const gone = refs.slice(at, at + BATCH).map((ref) => ({ ref, commit: null }));
    await pushCommits({ directory: '/', remote, limitMs: LIMIT_MS }, gone);
  }
};

/** Whether a remote takes commits of ours: writes an empty one, and takes it away again. */
export const tryRemote = async (remote: RemoteUrl): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'autolift-try-'));
  try {
    const git = gitIn(folder);
    await git(['init', '--quiet', '--bare']);
    const tree = (await git(['hash-object', '-t', 'tree', '-w', '/dev/null'])).trim();
    const who = ['-c', 'user.name=autolift', '-c', 'user.email=autolift@localhost'];
    const commit = (await git([...who, 'commit-tree', '-m', 'autolift doctor', tree])).trim();
    const ref = `refs/autolift/doctor/${commit.slice(0, 16)}`;
    for (const what of [commit, null])
      await pushCommits({ directory: folder, remote, limitMs: LIMIT_MS }, [{ ref, commit: what }]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
