import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { lstatSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new folder that goes away with the test. */
export const scratchFolder = (): string => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'autolift-git-')));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
};

/** Runs git the way a user does, hooks and all. */
export const userGit = (folder: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=u', '-c', 'user.email=u@localhost', ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();

export const writeFiles = (folder: string, files: Record<string, string | Buffer>): void => {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
};

/** A repository with one commit. */
export const scratchRepository = (
  files: Record<string, string | Buffer> = { 'train.py': 'x = 1\n' },
): string => {
  const folder = scratchFolder();
  userGit(folder, 'init', '-q', '-b', 'main');
  writeFiles(folder, files);
  userGit(folder, 'add', '-A');
  userGit(folder, 'commit', '-q', '--allow-empty', '-m', 'start');
  return folder;
};

const describeFile = (path: string): string => {
  const found = lstatSync(path);
  const content = found.isSymbolicLink() ? readlinkSync(path) : readFileSync(path);
  return `${String(found.mode)} ${String(found.mtimeMs)} ${createHash('sha256').update(content).digest('hex')}`;
};

/** Every file below a folder with mode, time and hash, except below `skip`. */
export const snapshot = (folder: string, skip: readonly string[] = []): Record<string, string> => {
  const all: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length + 1);
    if (entry.isDirectory() || skip.some((part) => name.startsWith(part))) continue;
    all[name] = describeFile(path);
  }
  return all;
};
