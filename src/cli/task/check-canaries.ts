import { UserError } from '../../contract/user-error.js';
import { didYouMean } from '../../contract/nearest.js';
import { allMistakes } from '../../contract/all-mistakes.js';
import type { LoopInput } from '../../contract/loop.js';
import type { Repository } from '../../storage/git/repository.js';
import type { LoadedTask } from './load-task.js';

const isPatch = (path: string): boolean => /\.(patch|diff)$/.test(path);

/** Every folder that has a file in it, by its path from the task's folder. */
const foldersOf = (files: readonly string[]): string[] => [
  ...new Set(
    files.flatMap((file) => {
      const parts = file.split('/').slice(0, -1);
      return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
    }),
  ),
];

/** A canary that isn't in the commit would end the loop after its baseline has run. */
export const checkCanaries = (
  { task, taskFile }: Pick<LoadedTask, 'task' | 'taskFile'>,
  files: readonly string[],
): void => {
  const folders = foldersOf(files);
  const missing = (task.canaries ?? []).flatMap((canary, at) => {
    if (canary.kind === 'no-op') return [];
    const path = canary.path.replace(/^\.\//, '').replace(/\/+$/, '');
    const known = isPatch(path) ? files.filter(isPatch) : folders;
    if (known.includes(path)) return [];
    return new UserError(
      `no ${isPatch(path) ? 'file' : 'folder'} ${path} is committed${didYouMean(path, known)}`,
      `${taskFile}: canaries[${String(at)}].path`,
      'Name a folder of files that take the place of the same ones of the task, or a .patch; and commit it.',
    );
  });
  const mistake = allMistakes(missing, taskFile);
  if (mistake !== null) throw mistake;
};

/** The same of a loop that begins where another one was: its canaries lie beside the evaluator that it has. */
export const checkCanariesAt = async (
  repository: Pick<Repository, 'listFiles'>,
  { task, source }: Pick<LoopInput, 'task' | 'source'>,
  where: string,
): Promise<void> => {
  if (task.canaries === undefined) return;
  const files = await repository.listFiles(source.evaluatorCommit, source.prefix);
  checkCanaries(
    { task, taskFile: where },
    files.map(({ path }) => path),
  );
};
