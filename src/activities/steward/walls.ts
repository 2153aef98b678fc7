import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { foldersOf, folderWith } from './find-program.js';
import { withoutCounters } from './kernel-counters.js';

/** One folder or file of the machine, and where a command sees it. */
export interface Mount {
  /** variable that tells the command its path */
  variable: string | null;
  source: string;
  target: string;
  write: boolean;
}

const SYSTEM = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/nix/store'];
const SYSTEM_FILES = [
  '/etc/alternatives',
  '/etc/ld.so.cache',
  '/etc/ld.so.conf',
  '/etc/localtime',
  '/etc/ssl/certs',
];

/** One page: a tmpfs of none would have no limit. */
export const LEAST_SHARED = 4096;

const APART = [
  ...[
    '--unshare-user',
    '--unshare-pid',
    '--unshare-ipc',
    '--unshare-uts',
    '--unshare-net',
    '--unshare-cgroup-try',
  ],
  ...['--die-with-parent', '--new-session', '--cap-drop', 'ALL', '--clearenv'],
];

const isBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** Whether a folder of the machine is seen from behind the walls. */
export const isShown = (path: string, read: readonly string[]): boolean =>
  [...SYSTEM, ...read].some((folder) => isBelow(path, folder));

export interface View {
  mounts: readonly Mount[];
  /** more of the machine, read-only */
  read: readonly string[];
  /** never seen, wherever it lies */
  hidden: string;
  environment: Readonly<Record<string, string>>;
  /** bytes of memory that it may have in /dev/shm: semaphores and queues of programs with several processes */
  shared: number;
}

const sized = new Map<string, boolean>();

/** Versions before 0.7 know no sizes: there it is as large as /tmp may get. */
const knowsSizes = (program: string): boolean => {
  const known = sized.get(program);
  if (known !== undefined) return known;
  let found = false;
  try {
    found = execFileSync(program, ['--help'], {
      env: {},
      timeout: 20_000,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).includes('--size');
  } catch {
    // where it can't be started nothing is sized
  }
  sized.set(program, found);
  return found;
};

/**
 * A command line in a machine of its own: programs and libraries, the mounts, an empty /tmp and /dev/shm, no network, no other
 * process, none of the kernel's counters. It lists what is seen, not what is hidden: a folder that nobody thought of is not there.
 */
export const bubblewrapped = (view: View, command: readonly string[], searched: string): string[] => {
  const shown = [...SYSTEM, ...SYSTEM_FILES, ...view.read];
  const program = join(folderWith('bwrap', foldersOf(searched)) ?? '', 'bwrap');
  const size = knowsSizes(program) ? ['--size', String(view.shared)] : [];
  const covered = shown.some((path) => isBelow(view.hidden, path));
  return [
    program,
    ...APART,
    ...shown.flatMap((path) => ['--ro-bind-try', path, path]),
    ...['--dev', '/dev', ...size, '--tmpfs', '/dev/shm', '--proc', '/proc', '--tmpfs', '/tmp'],
    ...(covered ? ['--tmpfs', view.hidden, '--remount-ro', view.hidden] : []),
    ...view.mounts.flatMap(({ source, target, write }) => [write ? '--bind' : '--ro-bind', source, target]),
    ...['--ro-bind', '/proc/sys', '/proc/sys', ...withoutCounters(), '--remount-ro', '/dev'],
    ...Object.entries(view.environment).flatMap(([name, value]) => ['--setenv', name, value]),
    ...['--', ...command],
  ];
};

/** Whether bubblewrap is installed and may make such a machine here. */
export const hasWalls = async (path: string): Promise<boolean> => {
  const view: View = { mounts: [], read: [], hidden: '/nowhere', environment: {}, shared: LEAST_SHARED };
  const [program = 'bwrap', ...args] = bubblewrapped(view, ['/bin/sh', '-c', 'exit 0'], path);
  return await promisify(execFile)(program, args, { env: {}, timeout: 20_000 }).then(
    () => true,
    () => false,
  );
};
