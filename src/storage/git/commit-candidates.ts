import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Candidate, CommittedCandidate } from './candidate.js';
import { fastImportStream } from './fast-import-stream.js';
import type { Git } from './git.js';
import { GitFailure } from './git-process.js';
import type { TreeFile } from './tree-file.js';

/** Lists a commit's files below a folder; may remember, as commits don't change. */
export type Lister = (commit: string, prefix: string) => Promise<readonly TreeFile[]>;

type ModeMap = Map<string, string>;

const COMMAND = ['fast-import', '--quiet', '--force', '--done', '--date-format=raw'];

const modesOf = async (candidates: readonly Candidate[], list: Lister): Promise<Map<Candidate, ModeMap>> => {
  const modes = new Map<Candidate, ModeMap>();
  for (const candidate of candidates) {
    const files = await list(candidate.parent, candidate.prefix);
    modes.set(candidate, new Map(files.map((file) => [file.path, file.mode])));
  }
  return modes;
};

const parse = (answer: string, count: number): CommittedCandidate[] => {
  const lines = answer.split('\n');
  return Array.from({ length: count }, (_, index) => {
    const commit = lines[2 * index] ?? '';
    const tree = /^040000 tree ([0-9a-f]+)/.exec(lines[2 * index + 1] ?? '')?.[1];
    if (!/^[0-9a-f]{40,64}$/.test(commit) || tree === undefined) {
      throw new Error(`git fast-import answered "${answer.slice(0, 500)}"`);
    }
    return { commit, tree };
  });
};

/** Writes a batch of candidates and their refs with one process; the same batch again writes the same commits. */
export const commitCandidates = async (
  git: Git,
  list: Lister,
  candidates: readonly Candidate[],
): Promise<CommittedCandidate[]> => {
  if (candidates.length === 0) return [];
  const modes = await modesOf(candidates, list);
  const stream = fastImportStream(candidates, (candidate, path) => modes.get(candidate)?.get(path));
  try {
    return parse((await git.bytes(COMMAND, stream)).toString(), candidates.length);
  } catch (error) {
    // its crash report would stay behind in the user's repository
    if (error instanceof GitFailure && error.pid !== undefined) {
      await rm(join(git.directory, `fast_import_crash_${String(error.pid)}`), { force: true });
    }
    throw error;
  }
};
