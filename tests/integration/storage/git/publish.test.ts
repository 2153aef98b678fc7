import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { UserError } from '../../../../src/contract/user-error.js';
import { openRepository } from '../../../../src/storage/git/repository.js';
import { repositoryWith } from '../../../support/engine.js';

const git = (folder: string, ...args: string[]): string =>
  execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).trim();

/** A bare repository that counts the pushes it gets. */
const bare = (...options: string[]): { folder: string; pushes: () => number } => {
  const folder = mkdtempSync(join(tmpdir(), 'autolift-remote-'));
  execFileSync('git', ['init', '-q', '--bare', ...options, folder]);
  const hook = join(folder, 'hooks', 'post-receive');
  writeFileSync(hook, '#!/bin/sh\necho push >> pushes\n');
  chmodSync(hook, 0o755);
  const counter = join(folder, 'pushes');
  return {
    folder,
    pushes: () => (existsSync(counter) ? readFileSync(counter, 'utf8').split('\n').length - 1 : 0),
  };
};

const started = async (folder: string, more: readonly string[] = ['second', 'third', 'fourth']) => {
  const repository = await openRepository(folder);
  const commits = [git(folder, 'rev-parse', 'HEAD')];
  for (const [index, text] of more.entries()) {
    const [made] = await repository.commitCandidates([
      {
        ref: `refs/autolift/t/x/${String(index + 1)}`,
        parent: commits[0] ?? '',
        prefix: '',
        edits: [{ kind: 'write', path: 'a', content: text }],
        message: text,
        at: 1_000_000 + index,
      },
    ]);
    if (made !== undefined) commits.push(made.commit);
  }
  return { repository, commits };
};

const refsOf = (folder: string): string[] =>
  git(folder, 'for-each-ref', '--format=%(refname) %(objectname)').split('\n');

afterEach(() => {
  vi.unstubAllEnvs();
});

test('commits that are made together go with one push, and what comes meanwhile with one more', async () => {
  const remote = bare();
  const { repository, commits } = await started(repositoryWith({ a: '1' }));
  const refs = commits.map((commit, index) => ({ ref: `refs/autolift/t/x/${String(index)}`, commit }));
  await Promise.all([
    repository.publish(remote.folder, refs.slice(0, 2)),
    repository.publish(remote.folder, refs.slice(2, 3)),
    repository.publish(remote.folder, refs.slice(3)),
  ]);
  expect(refsOf(remote.folder)).toEqual(refs.map(({ ref, commit }) => `${ref} ${commit}`));
  expect(remote.pushes()).toBe(2);
  await repository.publish(remote.folder, refs);
  expect([refsOf(remote.folder).length, remote.pushes()]).toEqual([4, 2]);
});

test('a ref whose candidate was rebased follows it, and a ref without a commit goes', async () => {
  const remote = bare();
  const { repository, commits } = await started(repositoryWith({ a: '1' }));
  const ref = 'refs/autolift/t/x/1';
  for (const commit of commits.slice(1, 3)) await repository.publish(remote.folder, [{ ref, commit }]);
  expect(refsOf(remote.folder)).toEqual([`${ref} ${commits[2] ?? ''}`]);
  await repository.publish(remote.folder, [{ ref, commit: null }]);
  expect(refsOf(remote.folder)).toEqual(['']);
});

test('where the remote is the repository itself nothing is pushed', async () => {
  const { repository, commits } = await started(repositoryWith({ a: '1' }), []);
  await repository.publish(repository.directory, [{ ref: 'refs/autolift/t/x/9', commit: commits[0] ?? '' }]);
  expect(git(repository.directory, 'for-each-ref', 'refs/autolift')).toBe('');
});

test('a shallow clone and a repository of SHA-256 are pushed from as well', async () => {
  const origin = repositoryWith({ a: '1' });
  git(origin, '-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '--allow-empty', '-qm', 'later');
  const clone = mkdtempSync(join(tmpdir(), 'autolift-clone-'));
  execFileSync('git', ['clone', '-q', '--depth=1', `file://${origin}`, clone]);
  const shallow = await started(clone);
  const remote = bare();
  git(remote.folder, 'config', 'receive.shallowUpdate', 'true');
  await shallow.repository.publish(remote.folder, [
    { ref: 'refs/autolift/t/x/1', commit: shallow.commits[1] ?? '' },
  ]);
  expect(git(remote.folder, 'show', 'refs/autolift/t/x/1:a')).toBe('second');

  const long = mkdtempSync(join(tmpdir(), 'autolift-sha256-'));
  execFileSync('git', ['init', '-q', '--object-format=sha256', long]);
  git(long, '-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '--allow-empty', '-qm', 'start');
  const wide = bare('--object-format=sha256');
  const { repository, commits } = await started(long);
  await repository.publish(wide.folder, [{ ref: 'refs/autolift/t/x/1', commit: commits[1] ?? '' }]);
  expect(git(wide.folder, 'show', 'refs/autolift/t/x/1:a')).toBe('second');
});

test('ssh is asked as the user has set it up, and what the repository configures is not run', async () => {
  const remote = bare();
  const folder = repositoryWith({ a: '1' });
  const owned = join(folder, '.git', 'owned');
  git(folder, 'config', 'core.sshCommand', `touch ${owned};`);
  git(folder, 'config', `url.ext::touch ${owned}.insteadOf`, 'git@host:');
  writeFileSync(join(folder, '.git', 'hooks', 'pre-push'), `#!/bin/sh\ntouch ${owned}\n`, { mode: 0o755 });
  const ssh = join(remote.folder, 'ssh');
  writeFileSync(ssh, '#!/bin/sh\nfor last; do :; done\nexec sh -c "$last"\n', { mode: 0o755 });
  vi.stubEnv('GIT_SSH_COMMAND', ssh);
  const { repository, commits } = await started(folder, []);
  const url = `git@host:${remote.folder}`;
  await repository.publish(url, [{ ref: 'refs/autolift/t/x/0', commit: commits[0] ?? '' }]);
  expect(refsOf(remote.folder)).toEqual([`refs/autolift/t/x/0 ${commits[0] ?? ''}`]);
  expect(existsSync(owned)).toBe(false);
});

test('a remote that is not there is told of in one message without its password, and each ref is checked', async () => {
  const folder = repositoryWith({ a: '1' });
  const url = 'https://127.0.0.1:1/x.git';
  const repository = await openRepository(folder, { url, credentials: 'ada:s3cret' });
  const refs = [{ ref: 'refs/autolift/t/x/0', commit: git(folder, 'rev-parse', 'HEAD') }];
  const error = await repository.publish(url, refs).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  expect(String(error)).toMatch(
    /https:\/\/127\.0\.0\.1:1\/x\.git from \S+: the git remote can't be reached \(.*\n +Nothing is lost/,
  );
  expect(String(error)).not.toContain('s3cret');
  const missing = join(tmpdir(), 'autolift-no-such-remote.git');
  await expect(repository.publish(missing, refs)).rejects.toThrow('has no such repository');
  await expect(repository.publish(missing, [{ ref: 'refs/heads/main', commit: null }])).rejects.toThrow(
    'cannot be the name',
  );
});
