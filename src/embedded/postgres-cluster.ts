import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../contract/user-error.js';
import { passwordFile } from '../workers/database-url.js';
import type { Settings } from '../workers/settings.js';
import { plainEnvironment } from '../workers/child-environment.js';
import { asOrdinaryUser } from './postgres-account.js';
import { postgresBinaries } from './postgres-binaries.js';
import { writeAtomically } from './write-atomically.js';

export const dataFolder = (home: string): string => join(home, 'postgres');

/** Makes the data folder with its user, password and database; complete or not at all. */
export function ensureCluster(settings: Settings): void {
  const data = dataFolder(settings.home);
  if (existsSync(join(data, 'PG_VERSION'))) return;
  const draft = `${data}.${String(process.pid)}.new`;
  rmSync(draft, { recursive: true, force: true });
  const secret = passwordFile(settings.home);
  writeAtomically(secret, randomBytes(24).toString('base64url'));
  try {
    execute(settings, 'initdb', {
      args: [
        '-D',
        draft,
        '-U',
        'autolift',
        '-A',
        'scram-sha-256',
        `--pwfile=${secret}`,
        '-E',
        'UTF8',
        '--no-locale',
        // three seconds on a slow disk, for a cluster that holds nothing yet
        '--no-sync',
      ],
    });
    execute(settings, 'postgres', {
      args: ['--single', '-D', draft, 'postgres'],
      input: 'CREATE DATABASE autolift\n',
    });
    renameSync(draft, data);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * PostgreSQL won't start while the number in postmaster.pid is taken: after a reboot by another program, after a kill by
 * the remains that nobody has buried yet. Called when our server is known to be dead; the file goes unless one of its
 * processes still works on the data.
 */
export function removeStalePid(home: string): void {
  const file = join(dataFolder(home), 'postmaster.pid');
  const pid = Number(readLines(file)[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isTaken(pid) || hasResidents(dataFolder(home))) return;
  rmSync(file, { force: true });
}

function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether a process has this folder as its own, as all of PostgreSQL's do; false where there is no /proc. */
function hasResidents(folder: string): boolean {
  const path = realpathSync(folder);
  const pids = existsSync('/proc') ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
  return pids.some((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === path;
    } catch {
      return false;
    }
  });
}

/** A server that was killed leaves a few bytes of System V memory, freed here once nobody uses them. */
export function removeLeftMemory(home: string): void {
  const file = join(dataFolder(home), 'postmaster.pid');
  const id = /^\s*\d+\s+(\d+)\s*$/.exec(readLines(file)[6] ?? '')?.[1];
  if (id === undefined) return;
  try {
    execFileSync('ipcrm', ['-m', id], { stdio: 'ignore' });
  } catch {
    // freed already, or without ipcrm: the next start frees it
  }
}

const readLines = (file: string): string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];

function execute(settings: Settings, program: string, call: { args: string[]; input?: string }): void {
  const { command, args } = asOrdinaryUser(join(postgresBinaries(), program), call.args);
  try {
    execFileSync(command, args, {
      input: call.input ?? '',
      env: plainEnvironment(settings.environment),
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: 120_000,
    });
  } catch (error) {
    const text = String((error as { stderr?: Buffer }).stderr ?? error).trim();
    throw new UserError(
      `PostgreSQL's ${program} failed: ${text.slice(-600)}`,
      dataFolder(settings.home),
      'Check the disk and the folder, or set DATABASE_URL to a server of your own.',
    );
  }
}
