import { isUtf8 } from 'node:buffer';
import type { Edit } from '../../contract/proposal.js';
import { type ChangedFile, changedFiles } from './changed-files.js';
import type { Git } from './git.js';
import { mergeFile } from './merge-file.js';
import { readObjects } from './read-objects.js';

export interface CarryOver {
  /** commit that the candidate was made from */
  base: string;
  /** the candidate */
  commit: string;
  /** commit that its changes are wanted on */
  onto: string;
  prefix: string;
}

type Version = ChangedFile['before'];

/** One file in three commits. */
interface Change {
  path: string;
  base: Version;
  candidate: Version;
  onto: Version;
}

const CONFLICT = Symbol('conflict');
const same = (a: Version, b: Version): boolean => a?.oid === b?.oid && a?.mode === b?.mode;
const isFile = (version: Version): boolean => version === null || version.mode.startsWith('100');

const write = (path: string, content: Buffer | null | undefined): Edit | typeof CONFLICT =>
  content && isUtf8(content) ? { kind: 'write', path, content: content.toString() } : CONFLICT;

const mergeOne = async (git: Git, change: Change): Promise<Edit | null | typeof CONFLICT> => {
  const { path, base, candidate, onto } = change;
  if (same(candidate, onto)) return null;
  if (![base, candidate, onto].every(isFile)) return CONFLICT;
  if (same(base, onto)) {
    if (candidate === null) return { kind: 'delete', path };
    return write(path, (await readObjects(git, [candidate.oid]))[0]);
  }
  if (base === null || candidate === null || onto === null) return CONFLICT;
  const [before, theirs, ours] = await readObjects(git, [base.oid, candidate.oid, onto.oid]);
  if (!before || !theirs || !ours) return CONFLICT;
  return write(path, await mergeFile(git, { base: before, ours, theirs }));
};

/** A file where the other side now has a folder, or the other way round. */
const clashes = (edits: readonly Edit[], others: readonly ChangedFile[]): boolean => {
  const present = others.filter((file) => file.after !== null).map((file) => file.path);
  return edits.some(
    (edit) =>
      edit.kind === 'write' &&
      present.some((path) => path.startsWith(`${edit.path}/`) || edit.path.startsWith(`${path}/`)),
  );
};

/**
 * The candidate's changes as edits of another commit, by a three-way merge of each file; null if they conflict
 * with what changed there. An empty list: all of it is there already.
 */
export const carryOver = async (
  git: Git,
  { base, commit, onto, prefix }: CarryOver,
): Promise<Edit[] | null> => {
  const [own, others] = await Promise.all([
    changedFiles(git, [base, commit], prefix),
    changedFiles(git, [base, onto], prefix),
  ]);
  const elsewhere = new Map(others.map((file) => [file.path, file.after]));
  const edits: Edit[] = [];
  for (const { path, before, after } of own) {
    const moved = elsewhere.get(path);
    const edit = await mergeOne(git, {
      path,
      base: before,
      candidate: after,
      onto: moved === undefined ? before : moved,
    });
    if (edit === CONFLICT) return null;
    if (edit !== null) edits.push(edit);
  }
  return clashes(edits, others) ? null : edits;
};
