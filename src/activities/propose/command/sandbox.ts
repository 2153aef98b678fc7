import { execFile } from 'node:child_process';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';

const VIEW = ['--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc', '--tmpfs', '/tmp'];
// without a user namespace and with capabilities, a sandbox that root starts can remount what it was denied
const POWERLESS = ['--unshare-user', '--cap-drop', 'ALL'];
const APART = [
  ...POWERLESS,
  '--die-with-parent',
  '--new-session',
  '--unshare-pid',
  '--unshare-ipc',
  '--unshare-uts',
];

const probes = new Map<string, Promise<boolean>>();

/** Whether bubblewrap is installed and may make namespaces here. */
export const hasBubblewrap = async (path: string): Promise<boolean> => {
  const probe =
    probes.get(path) ??
    promisify(execFile)('bwrap', [...APART, ...VIEW, 'true'], { env: { PATH: path }, timeout: 10_000 }).then(
      () => true,
      () => false,
    );
  probes.set(path, probe);
  return await probe;
};

export interface Cell {
  /** current folder, writable */
  work: string;
  /** other folders that may be written */
  writable: string[];
  readable: string[];
  /** files and folders that look empty from inside */
  hidden: string[];
  /** an empty file, seen in the place of hidden ones */
  blank: string;
  network: boolean;
}

/** What must not be seen: the repository and its work tree, which hold the evaluator's files, and our own state. */
export const hiddenFolders = (
  repository: string,
  taskFolder: string | null,
  own: readonly string[],
): string[] => {
  const worktree = basename(repository) === '.git' ? [dirname(repository)] : [];
  const named = [...worktree, repository, ...(taskFolder === null ? [] : [taskFolder]), ...own];
  const all = named.filter((path) => existsSync(path)).map((path) => realpathSync(path));
  const isInside = (path: string): boolean => all.some((other) => path.startsWith(`${other}/`));
  return [...new Set(all)].filter((path) => path !== '/' && !isInside(path));
};

/** A command line that runs `command` with a read-only view of the machine but for its own folders. */
export const bubblewrap = (cell: Cell, command: readonly string[]): string[] => [
  'bwrap',
  ...APART,
  ...(cell.network ? [] : ['--unshare-net']),
  ...VIEW,
  ...cell.hidden.flatMap((path) =>
    statSync(path).isDirectory() ? ['--tmpfs', path] : ['--ro-bind', cell.blank, path],
  ),
  ...cell.readable.flatMap((path) => ['--ro-bind', path, path]),
  ...[cell.work, ...cell.writable].flatMap((path) => ['--bind', path, path]),
  '--chdir',
  cell.work,
  ...command,
];
