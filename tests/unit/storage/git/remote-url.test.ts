import { expect, test } from 'vitest';
import { explainRemote } from '../../../../src/storage/git/explain-remote.js';
import { readRemoteUrl, withoutSecrets } from '../../../../src/storage/git/remote-url.js';

test.each([
  ['https://example.org/me/task.git', 'https://example.org/me/task.git'],
  ['ssh://git@example.org:2222/me/task.git', 'ssh://git@example.org:2222/me/task.git'],
  ['git@example.org:me/task.git', 'git@example.org:me/task.git'],
  ['gpuhost:task.git', 'gpuhost:task.git'],
  ['file:///srv/git/task.git', 'file:///srv/git/task.git'],
  ['/srv/git/task.git/', '/srv/git/task.git'],
])('%s is the address of a git remote', (text, url) => {
  expect(readRemoteUrl(text, 'here')).toEqual({ url, credentials: null });
});

test('a password is parted from its URL, and an ssh one is dropped', () => {
  expect(readRemoteUrl('https://ada:s3cr%40t@example.org/t.git', 'here')).toEqual({
    url: 'https://example.org/t.git',
    credentials: 'ada:s3cr@t',
  });
  expect(readRemoteUrl('https://t0ken@example.org/t.git', 'here')).toEqual({
    url: 'https://example.org/t.git',
    credentials: 't0ken:',
  });
  expect(readRemoteUrl('ssh://git:s3cret@example.org/t.git', 'here')).toEqual({
    url: 'ssh://git@example.org/t.git',
    credentials: null,
  });
});

test.each([
  '--upload-pack=touch /tmp/owned',
  '-oProxyCommand=x:y',
  'ext::sh -c "touch /tmp/owned"',
  'fd::3',
  'transport::https://example.org/x',
  'git://example.org/x',
  'ssh://-oProxyCommand=touch/x',
  'ssh://-l@example.org/x',
  'host:-x',
  'file://host/x',
  'https://example.org',
  './relative',
  'https://exa mple.org/x',
  '',
])('%s is refused: git could take it for an option or a command', (text) => {
  expect(() => readRemoteUrl(text, 'AUTOLIFT_GIT_REMOTE')).toThrow(/is no address of a git repository/);
});

test('a refusal does not repeat a password', () => {
  expect(() => readRemoteUrl('ftp://ada:s3cret@example.org/x', 'here')).toThrow('ftp://ada@example.org');
});

test('messages of git are shown without passwords', () => {
  expect(withoutSecrets("unable to access 'https://ada:p@ss@example.org/x': ssh://git:pw@h/x")).toBe(
    "unable to access 'https://example.org/x': ssh://git@h/x",
  );
});

test.each([
  [
    "fatal: could not read Username for 'https://example.org': terminal prompts disabled",
    'refuses this user',
  ],
  ['git@example.org: Permission denied (publickey).', 'refuses this user'],
  ['Host key verification failed.', 'not known here'],
  ["fatal: '/x' does not appear to be a git repository", 'has no such repository'],
  ['! [remote rejected] refs/autolift/t/1 (pre-receive hook declined)', 'takes no commits'],
  ["fatal: unable to access 'https://example.org/x': Could not resolve host", "can't be reached"],
])('%s is told as: %s', (stderr, what) => {
  const { message } = explainRemote('https://example.org/x', 'lab2', stderr);
  expect(message).toContain('https://example.org/x from lab2: the git remote ');
  expect(message).toContain(what);
});
