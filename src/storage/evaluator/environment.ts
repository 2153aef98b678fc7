import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { dataName, type LoopSource } from '../../contract/loop-source.js';
import type { Task } from '../../contract/task-schema.js';
import type { Repository } from '../git/repository.js';

/** Lock files that decide what an evaluator in a folder below them imports; those of the folder itself are in its hash. */
const LOCKS = [
  'uv.lock',
  'poetry.lock',
  'pdm.lock',
  'Pipfile.lock',
  'requirements.txt',
  'conda-lock.yml',
  'environment.yml',
  'pixi.lock',
  'package-lock.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'Cargo.lock',
  'go.sum',
  '.python-version',
];
/** Whole contents up to this size; beyond it size and time stand for them. */
const READ_WHOLE = 64 * 1024 * 1024;
const MOST_FILES = 20_000;

const sha256 = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex');

const foldersAbove = (prefix: string): string[] =>
  prefix === '' ? [] : prefix.split('/').map((_, depth, parts) => parts.slice(0, depth).join('/'));

const lockFiles = async (
  repository: Repository,
  commit: string,
  prefix: string,
): Promise<[string, string][]> => {
  const names = foldersAbove(prefix).flatMap((folder) =>
    LOCKS.map((name) => (folder === '' ? name : `${folder}/${name}`)),
  );
  const contents = await repository.readFiles(commit, names);
  return names.flatMap((name, index): [string, string][] => {
    const content = contents[index];
    return content ? [[`lock ${name}`, sha256(content)]] : [];
  });
};

interface Sized {
  name: string;
  place: string;
  size: number;
  mtimeMs: number;
}

const filesOf = async (folder: string): Promise<Sized[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.pyc'))
    .slice(0, MOST_FILES);
  return Promise.all(
    files.map(async (entry) => {
      const place = path.join(entry.parentPath, entry.name);
      const { size, mtimeMs } = await stat(place).catch(() => ({ size: -1, mtimeMs: 0 }));
      return { name: path.relative(folder, place), place, size, mtimeMs };
    }),
  );
};

/**
 * A folder by the contents of its files while they are few bytes. Libraries and large data sets can't be read at each
 * start: there size and time stand for the contents, so that an edit of equal length is still seen.
 */
const listing = async (folder: string): Promise<string> => {
  const files = await filesOf(folder);
  const whole = files.reduce((sum, { size }) => sum + Math.max(0, size), 0) <= READ_WHOLE;
  const rows: string[] = [];
  for (const { name, place, size, mtimeMs } of files) {
    const content = whole ? await readFile(place).catch(() => 'unreadable') : null;
    rows.push(`${name} ${content === null ? `${String(size)} ${String(mtimeMs)}` : sha256(content)}`);
  }
  return sha256(rows.toSorted().join('\n'));
};

/** Contents of one thing that the evaluator reads, under the name that task.yaml has for it. */
export const dataFile = async (named: string, taskFolder: string | null): Promise<[string, string]> => {
  const place = named.startsWith('~/')
    ? path.join(homedir(), named.slice(2))
    : path.resolve(taskFolder ?? '/', named);
  const found = await stat(place).catch(() => null);
  const key = dataName(named);
  if (found === null) return [key, 'missing'];
  if (found.isDirectory()) return [key, await listing(place)];
  return [
    key,
    found.size > READ_WHOLE
      ? `${String(found.size)} ${String(found.mtimeMs)}`
      : sha256(await readFile(place)),
  ];
};

/**
 * What an evaluator rests on beside its own folder: lock files above it, and the untracked data that task.yaml names
 * (`run.read`). By part, so that a change can be named.
 */
export const evaluatorEnvironment = async (
  repository: Repository,
  task: Task,
  { evaluatorCommit, prefix, taskFolder }: Pick<LoopSource, 'evaluatorCommit' | 'prefix' | 'taskFolder'>,
): Promise<Record<string, string>> => {
  const locks = await lockFiles(repository, evaluatorCommit, prefix);
  const data = await Promise.all(task.run.read.map(async (named) => dataFile(named, taskFolder)));
  return Object.fromEntries([...locks, ...data]);
};

/** Parts that two environments don't share, by name; an older loop without one has nothing to compare. */
export const environmentChanges = (
  before: Record<string, string> | undefined,
  after: Record<string, string> | undefined,
): string[] => {
  if (before === undefined || after === undefined) return [];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.filter((name) => before[name] !== after[name]).toSorted();
};
