import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { METHOD_FOLDER, type MethodFiles } from '../../contract/method.js';
import { UserError } from '../../contract/user-error.js';
import { openRepository, type Repository } from '../git/repository.js';
import { knownFiles, refuseLinks } from './known-files.js';

/** One file that holds a whole method, to be carried to another machine. */
export interface PortableMethod {
  autolift: 'method';
  files: MethodFiles;
}

const exists = async (target: string): Promise<'file' | 'folder' | null> => {
  const found = await stat(target).catch(() => null);
  return found === null ? null : found.isDirectory() ? 'folder' : 'file';
};

const inFolder = async (folder: string): Promise<MethodFiles> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const nameOf = (entry: Dirent): string =>
    path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/');
  refuseLinks(entries.filter((entry) => entry.isSymbolicLink()).map(nameOf), folder);
  const names = entries
    .filter((entry) => entry.isFile())
    .map(nameOf)
    .filter((name) => name.split('/').length === 2);
  const texts = names.map(async (name) => [name, await readFile(path.join(folder, name), 'utf8')] as const);
  return knownFiles(await Promise.all(texts), folder);
};

const inFile = async (file: string): Promise<MethodFiles> => {
  const fix = 'Give a file that `autolift method export` wrote, a folder, or <repository>#<commit>:method.';
  let read: unknown;
  try {
    read = parse(await readFile(file, 'utf8'));
  } catch (error) {
    const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new UserError(`not valid JSON or YAML: ${said}`, file, fix);
  }
  const { autolift, files } = (read ?? {}) as Partial<PortableMethod>;
  if (autolift !== 'method' || typeof files !== 'object')
    throw new UserError('this file holds no method', file, fix);
  const texts = Object.entries(files);
  const odd = texts.find(([, text]) => typeof text !== 'string');
  if (odd !== undefined) throw new UserError('must be the text of a file', `${file}: files.${odd[0]}`, fix);
  return knownFiles(texts, file);
};

/** The files of a method at a commit of a repository; `folder` from its root. */
export const methodFilesAt = async (
  repository: Repository,
  commit: string,
  folder: string,
): Promise<MethodFiles> => {
  const prefix = folder.replace(/\/+$/, '');
  const listed = await repository.listFiles(commit, prefix);
  const ref = `${commit.slice(0, 12)}:${prefix}`;
  refuseLinks(
    listed.filter(({ mode }) => mode === '120000').map((file) => file.path),
    ref,
  );
  const files = listed.filter(({ mode }) => mode.startsWith('100'));
  const contents = await repository.readFiles(
    commit,
    files.map((file) => (prefix === '' ? file.path : `${prefix}/${file.path}`)),
  );
  return knownFiles(
    files.map((file, index) => [file.path, contents[index]?.toString() ?? '']),
    ref,
  );
};

/** A folder from the repository's root as git names it; `./` and what comes back from another folder is taken out. */
const folderInside = (folder: string, ref: string): string => {
  const inside = path.posix.normalize(folder === '' ? '.' : folder).replace(/\/+$/, '');
  if (path.posix.isAbsolute(folder) || inside === '..' || inside.startsWith('../'))
    throw new UserError(
      `the folder "${folder}" lies outside the repository`,
      ref,
      'Write <repository>#<commit>:<folder>, the folder from the root of the repository.',
    );
  return inside === '.' ? '' : inside;
};

const atCommit = async (ref: string, cwd: string): Promise<MethodFiles> => {
  const [, where = '', revision = '', folder = METHOD_FOLDER] = /^([^#]*)#([^:]+)(?::(.*))?$/.exec(ref) ?? [];
  const inside = folderInside(folder, ref);
  const repository = await openRepository(path.resolve(cwd, where === '' ? '.' : where));
  const commit = await repository.resolve(revision);
  if (commit === null)
    throw new UserError(
      `the repository has no commit "${revision}"`,
      ref,
      'Write <repository>#<commit>:<folder>.',
    );
  return await methodFilesAt(repository, commit, inside);
};

/** The files of the method that a reference names: a folder, an exported file, or `<repository>#<commit>:<folder>`. */
export const readMethodFiles = async (ref: string, cwd: string): Promise<MethodFiles> => {
  // a commit's folder may go through `..`, which must not lead to one of the work tree
  const target = ref.includes('#') && !path.isAbsolute(ref) ? `${cwd}/${ref}` : path.resolve(cwd, ref);
  const kind = await exists(target);
  if (kind === 'file') return await inFile(target);
  if (kind === 'folder') {
    const below = path.join(target, METHOD_FOLDER);
    return await inFolder((await exists(below)) === 'folder' ? below : target);
  }
  if (ref.includes('#')) return await atCommit(ref, cwd);
  throw new UserError(
    'there is no such folder or file',
    ref,
    'Give a folder, a file of `autolift method export`, or <repository>#<commit>:method.',
  );
};
