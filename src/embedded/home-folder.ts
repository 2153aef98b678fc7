import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../contract/user-error.js';
import type { Settings } from '../workers/settings.js';

const NEEDED_BYTES = 200 * 1024 * 1024;

/** Creates AUTOLIFT_HOME, and says so when it can't be written or its disk is full. */
export function ensureHome(settings: Settings): void {
  const { home, artifacts } = settings;
  const blobs = artifacts.kind === 'directory' ? [artifacts.folder] : [];
  try {
    for (const folder of [home, ...blobs, join(home, 'logs'), join(home, 'run')])
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    const probe = join(home, `.probe-${String(process.pid)}`);
    writeFileSync(probe, 'x'.repeat(4096));
    rmSync(probe);
  } catch (error) {
    throw unusable(home, error as NodeJS.ErrnoException);
  }
  const { bavail, bsize } = statfsSync(home);
  if (bavail * bsize < NEEDED_BYTES) throw full(home, bavail * bsize);
}

const full = (home: string, bytes: number): UserError =>
  new UserError(
    `the disk has ${String(Math.round(bytes / 1024 / 1024))} MiB left, the servers need 200 MiB to start`,
    home,
    'Free some space, or set AUTOLIFT_HOME to a folder on another disk.',
  );

function unusable(home: string, error: NodeJS.ErrnoException): UserError {
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return full(home, 0);
  return new UserError(
    `can't be written (${error.code ?? error.message})`,
    home,
    'Set AUTOLIFT_HOME to a folder that you may write.',
  );
}
