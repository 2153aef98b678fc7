import { access, constants, mkdir } from 'node:fs/promises';
import { placeInWords } from '../../contract/artifacts.js';
import { UserError } from '../../contract/user-error.js';
import { tryRemote } from '../../storage/git/remote-refs.js';
import { openArtifacts } from '../../workers/artifact-settings.js';
import type { Settings } from '../../workers/settings.js';
import { fail, ok, reasonOf, type Check } from './check.js';

const NOTE = 'autolift was here\n';

const broken = (name: string, error: unknown): Check =>
  error instanceof UserError
    ? fail(name, `${error.where}: ${error.what}`, error.fix)
    : fail(name, reasonOf(error), 'Correct AUTOLIFT_ARTIFACTS, or unset it.');

/** Whether what runs leave can be kept and read back. */
export const checkArtifacts = async ({ artifacts, environment }: Settings): Promise<Check> => {
  const where = placeInWords(artifacts);
  try {
    if (artifacts.kind === 'directory') {
      await mkdir(artifacts.folder, { recursive: true, mode: 0o700 });
      await access(artifacts.folder, constants.W_OK);
      return ok('artifacts', `${where} can be written`);
    }
    const store = openArtifacts(artifacts, environment);
    const { sha256 } = await store.put(NOTE, 'text/plain');
    await store.get(sha256);
    return ok('artifacts', `${where} can be written and read`);
  } catch (error) {
    return broken('artifacts', error);
  }
};

/** Whether device hosts of their own can get commits from here; a task may name another remote. */
export const checkRemote = async ({ gitRemote }: Settings): Promise<Check> => {
  if (gitRemote === null)
    return ok('remote', 'AUTOLIFT_GIT_REMOTE is not set: device workers read repositories of this machine');
  try {
    await tryRemote(gitRemote);
    return ok('remote', `${gitRemote.url} takes commits`);
  } catch (error) {
    return broken('remote', error);
  }
};
