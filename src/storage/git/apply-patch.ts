import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import type { Edit } from '../../contract/proposal.js';
import type { Git } from './git.js';
import { GIT_FLAGS, GIT_SETTINGS } from './git-settings.js';
import { readObjects } from './read-objects.js';
import { runProgram } from './run-program.js';

export interface PatchRequest {
  commit: string;
  /** folder that the patch's paths are relative to, "" for the root */
  prefix: string;
  patch: Buffer;
}

const NAME = /^(?:---|\+\+\+) (?:[ab]\/)?([^\t\r\n]+)/gm;

/** The files that a unified diff names; none of them may lead out of the folder. */
const namedBy = (patch: string): string[] => [
  ...new Set(
    [...patch.matchAll(NAME)]
      .map(([, name = '']) => name)
      .filter(
        (name) =>
          name !== '/dev/null' && !name.startsWith('/') && normalize(name) === name && !name.startsWith('..'),
      ),
  ),
];

const editOf = async (folder: string, path: string, before: Buffer | null): Promise<Edit | null> => {
  const content = await readFile(join(folder, path), 'utf8').catch(() => null);
  if (content !== null) return { kind: 'write', path, content };
  return before === null ? null : { kind: 'delete', path };
};

/** Applies a unified diff to copies of the files that it names, outside of any repository. */
export const applyPatch = async (
  git: Git,
  { commit, prefix, patch }: PatchRequest,
): Promise<Edit[] | string> => {
  const paths = namedBy(patch.toString());
  if (paths.length === 0) return 'it is no unified diff of files of the task';
  const below = prefix === '' ? '' : `${prefix}/`;
  const before = await readObjects(
    git,
    paths.map((path) => `${commit}:${below}${path}`),
  );
  const folder = await mkdtemp(join(tmpdir(), 'autolift-patch-'));
  try {
    for (const [index, path] of paths.entries()) {
      const content = before[index];
      if (!content) continue;
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    const settings = GIT_SETTINGS.flatMap((setting) => ['-c', setting]);
    const command = [
      'git',
      `--git-dir=${git.directory}`,
      '--work-tree=.',
      ...GIT_FLAGS,
      ...settings,
      'apply',
      '-',
    ];
    const { exitCode, err } = await runProgram({ folder, command, input: patch });
    if (exitCode !== 0)
      return err
        .toString()
        .trim()
        .replace(/\s*\n\s*/g, '; ')
        .slice(0, 500);
    const edits = await Promise.all(
      paths.map(async (path, index) => editOf(folder, path, before[index] ?? null)),
    );
    return edits.filter((edit) => edit !== null);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
