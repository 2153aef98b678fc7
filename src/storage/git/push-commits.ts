import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { explainRemote } from './explain-remote.js';
import { checkRefName } from './ref-name.js';
import type { RemoteUrl } from './remote-url.js';
import { type Finished, startShell } from './shell.js';

/** A commit, and the ref of ours that stands for it on the remote. null: the ref goes. */
export interface Publication {
  ref: string;
  commit: string | null;
}

export interface Push {
  /** git directory that has the commits */
  directory: string;
  remote: RemoteUrl;
  limitMs: number;
}

/** Whoever has configured ssh is left alone; else it may ask nobody anything. */
const SCRIPT = `if [ -z "$GIT_SSH_COMMAND$GIT_SSH" ] && ! git config --get core.sshCommand >/dev/null; then
export GIT_SSH_COMMAND='ssh -oBatchMode=yes -oConnectTimeout=20'; fi; exec git "$@"`;

const FLAGS = [
  'core.hooksPath=/dev/null',
  'gc.auto=0',
  'maintenance.auto=false',
  'push.recurseSubmodules=no',
];

/** Basic authentication as a setting: an argument would be seen by everyone on the machine. */
const authorization = ({ url, credentials }: RemoteUrl): Record<string, string> =>
  credentials === null
    ? {}
    : {
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: `http.${url}.extraHeader`,
        GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(credentials).toString('base64')}`,
      };

/**
 * An empty repository that borrows the objects of the user's: what that one's configuration and hooks would start
 * is not ours to run, and credentials come from the user's own settings.
 */
const makeOutbox = async (folder: string, sha256: boolean): Promise<void> => {
  for (const name of ['objects', 'refs']) await mkdir(join(folder, name));
  const format = sha256 ? '\trepositoryformatversion = 1\n[extensions]\n\tobjectformat = sha256\n' : '';
  await writeFile(join(folder, 'config'), `[core]\n\tbare = true\n${format}`);
  await writeFile(join(folder, 'HEAD'), 'ref: refs/heads/none\n');
};

const environmentOf = async ({ directory, remote }: Push): Promise<Record<string, string>> => {
  const shallow = join(directory, 'shallow');
  const isShallow = await stat(shallow).catch(() => null);
  return {
    GIT_ALTERNATE_OBJECT_DIRECTORIES: join(directory, 'objects'),
    ...(isShallow === null ? {} : { GIT_SHALLOW_FILE: shallow }),
    GIT_ALLOW_PROTOCOL: 'file:http:https:ssh',
    GIT_TERMINAL_PROMPT: '0',
    SSH_ASKPASS_REQUIRE: 'never',
    SSH_ASKPASS: '',
    GCM_INTERACTIVE: 'never',
    LC_ALL: 'C',
    ...authorization(remote),
  };
};

/** Runs git against a remote from an outbox of its own, with nobody to ask. */
export const runOnRemote = async (push: Push, args: readonly string[], sha256 = false): Promise<Finished> => {
  const outbox = await mkdtemp(join(tmpdir(), 'autolift-outbox-'));
  // a shell of its own: a remote that hangs keeps nobody else's git waiting
  const shell = await startShell();
  try {
    await makeOutbox(outbox, sha256);
    const settings = FLAGS.flatMap((flag) => ['-c', flag]);
    const command = ['/bin/sh', '-c', SCRIPT, 'git', `--git-dir=${outbox}`, ...settings, ...args];
    const environment = await environmentOf(push);
    return await shell.run({ folder: outbox, command, input: '', limitMs: push.limitMs, environment });
  } catch (error) {
    throw explainRemote(push.remote.url, hostname(), String(error));
  } finally {
    shell.close();
    await rm(outbox, { recursive: true, force: true });
  }
};

/** Puts commits on a remote, all with one push; those that are there already cost nothing. */
export const pushCommits = async (push: Push, refs: readonly Publication[]): Promise<void> => {
  const specs = refs.map(({ ref, commit }) => `${commit ?? ''}:${checkRefName(ref)}`);
  const { url } = push.remote;
  const sha256 = refs.some(({ commit }) => commit?.length === 64);
  const args = ['push', '--quiet', '--no-verify', '--force', '--', url, ...specs];
  const { exitCode, err } = await runOnRemote(push, args, sha256);
  if (exitCode !== 0) throw explainRemote(url, hostname(), err.toString());
};
