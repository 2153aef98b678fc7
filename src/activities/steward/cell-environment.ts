import { mainCommand } from '../../domain/shell-words.js';
import { foldersOf, folderWith } from './find-program.js';
import type { Cell, CellRun } from './cell.js';
import { isShown } from './walls.js';

const SYSTEM_PATH = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/**
 * The system's folders, and before them the one that has the command's own program: of the steward's PATH nothing else is
 * anybody's business. Behind walls only folders that are seen there count.
 */
export const cellPath = (command: string, { walls, path, read }: Omit<Cell, 'hidden'>): string => {
  const seen = foldersOf(path).filter((folder) => walls === 'none' || isShown(folder, read));
  const [program = ''] = mainCommand(command);
  const own = program === '' || program.includes('/') ? null : folderWith(program, seen);
  return [...new Set([...(own === null ? [] : [own]), ...SYSTEM_PATH])].join(':');
};

/** Made from nothing, so that no variable of the steward's can slip in. */
export const cellEnvironment = (run: CellRun, cell: Cell, home: string): Record<string, string> => ({
  PATH: cellPath(run.command, cell),
  LANG: 'C.UTF-8',
  HOME: home,
  TMPDIR: home,
  USER: 'candidate',
  PYTHONDONTWRITEBYTECODE: '1',
  PYTHONNOUSERSITE: '1',
  ...run.variables,
  ...Object.fromEntries(
    run.mounts.flatMap(({ variable, source, target }) =>
      variable === null ? [] : [[variable, cell.walls === 'bwrap' ? target : source]],
    ),
  ),
});
