import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hiddenFiles } from '../../../domain/epoch/hidden-files.js';
import { editableMatcher, type TreeFile } from '../../../storage/git/index.js';
import type { Session } from '../session.js';

const AT_ONCE = 256;

/**
 * Writes the incumbent's task folder as plain files, without a repository. Files that only the evaluator sees are
 * left out, symlinks and submodules too: where they point to is nobody's business here.
 */
export const writeWorktree = async (session: Session, folder: string): Promise<Map<string, TreeFile>> => {
  const { repository, request, snapshot } = session;
  const { prefix } = request.source;
  const isHidden = editableMatcher(hiddenFiles(request.task));
  const shown = snapshot.files.filter(({ mode, path }) => mode.startsWith('100') && !isHidden(path));
  await mkdir(folder, { recursive: true });
  for (let from = 0; from < shown.length; from += AT_ONCE) {
    const files = shown.slice(from, from + AT_ONCE);
    const paths = files.map(({ path }) => (prefix === '' ? path : `${prefix}/${path}`));
    const contents = await repository.readFiles(request.base, paths);
    for (const [index, { path, mode }] of files.entries()) {
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, contents[index] ?? '', { mode: mode === '100755' ? 0o755 : 0o644 });
    }
  }
  return new Map(shown.map((file) => [file.path, file]));
};
