import { createHash } from 'node:crypto';
import { editableMatcher } from './editable-matcher.js';
import type { Git } from './git.js';
import { readObjects } from './read-objects.js';
import type { TreeFile } from './tree-file.js';

export interface EvaluatorSpec {
  /** measure.command */
  command: string;
  /** globs of task.yaml; every other file of the task is protected */
  editable: readonly string[];
}

/** Bytes of files held in memory at once. */
const CHUNK = 64 * 1024 * 1024;

const sha256 = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex');

const chunks = (files: readonly TreeFile[]): TreeFile[][] => {
  const all: TreeFile[][] = [];
  let room = 0;
  for (const file of files) {
    if (all.length === 0 || file.size > room) {
      all.push([]);
      room = CHUNK;
    }
    room -= file.size;
    all.at(-1)?.push(file);
  }
  return all;
};

/**
 * What pins an evaluator: SHA-256, in hex, of the UTF-8 bytes of the JSON text
 * `{"command":"…","files":[["path","100644","<sha256 of the file's bytes>"],…]}`
 * with no space anywhere, keys in this order, and only what JSON must escape escaped (Python:
 * `json.dumps(value, separators=(',', ':'), ensure_ascii=False)`). The files are all that the commit has below
 * the task's folder and that match no editable glob, sorted by the UTF-8 bytes of the path; paths are relative
 * to the folder. A symlink (mode 120000) is hashed as the text of its target, a submodule (160000) as the text
 * of its commit id.
 */
export const evaluatorHash = async (
  git: Git,
  files: readonly TreeFile[],
  { command, editable }: EvaluatorSpec,
): Promise<string> => {
  const isEditable = editableMatcher(editable);
  const guarded = files
    .filter((file) => !isEditable(file.path))
    .toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
  const hashes = new Map<string, string>();
  for (const chunk of chunks(guarded.filter((file) => file.mode !== '160000'))) {
    const contents = await readObjects(
      git,
      chunk.map((file) => file.oid),
    );
    chunk.forEach((file, index) => {
      const content = contents[index];
      if (!content) throw new Error(`${file.path} (${file.oid}) is missing in ${git.directory}`);
      hashes.set(file.oid, sha256(content));
    });
  }
  const rows = guarded.map(({ path, mode, oid }) => [path, mode, hashes.get(oid) ?? sha256(oid)]);
  return sha256(JSON.stringify({ command, files: rows }));
};
