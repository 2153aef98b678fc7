import type { Git } from './git.js';

/** One file that differs between two commits; null where it doesn't exist. */
export interface ChangedFile {
  path: string;
  before: { mode: string; oid: string } | null;
  after: { mode: string; oid: string } | null;
}

const ENTRY = /^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) [A-Z]$/;

const side = (mode: string, oid: string): ChangedFile['before'] => (mode === '000000' ? null : { mode, oid });

/** Files below a folder that differ between two commits, paths relative to the folder. */
export const changedFiles = async (
  git: Git,
  [before, after]: readonly [string, string],
  prefix: string,
): Promise<ChangedFile[]> => {
  const below = prefix === '' ? [] : [`--relative=${prefix}/`];
  const listed = await git.quiet(['diff-tree', '-r', '-z', '--no-renames', ...below, before, after]);
  const fields = listed.split('\0');
  const changed: ChangedFile[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, oldMode, newMode, oldOid, newOid] = ENTRY.exec(fields[at] ?? '') ?? [];
    const path = fields[at + 1];
    if (!oldMode || !newMode || !oldOid || !newOid || !path)
      throw new Error(`git diff-tree: ${String(fields[at])}`);
    changed.push({ path, before: side(oldMode, oldOid), after: side(newMode, newOid) });
  }
  return changed;
};
