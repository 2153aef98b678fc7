import { isUtf8 } from 'node:buffer';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Edit } from '../../../contract/proposal.js';
import { blobId, type TreeFile } from '../../../storage/git/index.js';
import { readRegular } from './read-regular.js';

const MOST_FILES = 20_000;
/** What tools leave behind; nobody means it as a part of a proposal. */
const LITTER =
  /^(?:__pycache__|\.git|node_modules|\.venv|\.(?:pytest|mypy|ruff)_cache|\.DS_Store|\.aider.*|\.claude|\.codex|\.cursor|.*\.py[co])$/;

type Fault = { fault: string };
type Found = Map<string, 'file' | 'other'>;

const walk = async (folder: string, base: ReadonlyMap<string, TreeFile>): Promise<Found | Fault> => {
  const found: Found = new Map();
  const folders = [''];
  const known = new Set([...base.keys()].flatMap((path) => path.split('/')));
  for (let inner = folders.pop(); inner !== undefined; inner = folders.pop()) {
    const entries = await readdir(join(folder, inner), { withFileTypes: true }).catch(() => null);
    if (entries === null) return { fault: `the folder ${inner} cannot be read` };
    for (const entry of entries) {
      if (LITTER.test(entry.name) && !known.has(entry.name)) continue;
      const path = inner === '' ? entry.name : `${inner}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      else found.set(path, entry.isFile() ? 'file' : 'other');
    }
    if (found.size > MOST_FILES) return { fault: `more than ${String(MOST_FILES)} files were left behind` };
  }
  return found;
};

interface Reading {
  folder: string;
  path: string;
  before: TreeFile | undefined;
  maxFileSize: number;
}

const readEdit = async ({ folder, path, before, maxFileSize }: Reading): Promise<Edit | Fault | null> => {
  // an untouched file may be larger than what a proposal may write
  const limit = Math.max(maxFileSize, before?.size ?? 0);
  const bytes = await readRegular(join(folder, path), limit);
  if (typeof bytes === 'string') return { fault: `${path} ${bytes}` };
  if (before !== undefined && blobId(bytes) === before.oid) return null;
  if (!isUtf8(bytes) || bytes.includes(0)) return { fault: `${path} is not text` };
  return { kind: 'write', path, content: bytes.toString() };
};

/** What an agent program changed in its folder, as edits of the base's files; a fault if it can't be a proposal. */
export const readChanges = async (
  folder: string,
  base: ReadonlyMap<string, TreeFile>,
  maxFileSize: number,
): Promise<Edit[] | Fault> => {
  const found = await walk(folder, base);
  if (!(found instanceof Map)) return found;
  const gone = [...base.keys()].filter((path) => !found.has(path));
  const edits: Edit[] = gone.map((path) => ({ kind: 'delete', path }));
  for (const [path, kind] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (kind === 'other') return { fault: `${path} is a link, a pipe or a device` };
    const edit = await readEdit({ folder, path, before: base.get(path), maxFileSize });
    if (edit === null) continue;
    if ('fault' in edit) return edit;
    edits.push(edit);
  }
  return edits;
};
