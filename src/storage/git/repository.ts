import type { Edit } from '../../contract/proposal.js';
import { type Advance, advanceBranch, readRef } from './advance-branch.js';
import { applyPatch, type PatchRequest } from './apply-patch.js';
import type { Candidate, CommittedCandidate } from './candidate.js';
import { type Claim, claimBranch, releaseBranch } from './claim-branch.js';
import { type CarryOver, carryOver } from './carry-over.js';
import { checkedOutAt } from './checked-out-at.js';
import { commitCandidates } from './commit-candidates.js';
import { type DiffOptions, diffCommits } from './diff-commits.js';
import { type EvaluatorSpec, evaluatorHash } from './evaluator-hash.js';
import { type Git, openGit } from './git.js';
import { listFiles } from './list-files.js';
import { findRepository } from './find-repository.js';
import { type Merge, mergeInto } from './merge-into.js';
import { openPublisher } from './publisher.js';
import type { Publication } from './push-commits.js';
import { readObjects } from './read-objects.js';
import { remember } from './remember.js';
import { type RemoteUrl } from './remote-url.js';
import { setRef } from './set-ref.js';
import type { TreeFile } from './tree-file.js';

/** A task's repository, used in place: only objects and autolift's own refs are ever written. */
export interface Repository {
  /** absolute path of the common git directory */
  readonly directory: string;
  /** full hash of a commit, null if there is none of this name */
  resolve(revision: string): Promise<string | null>;
  /** tip of a branch (without refs/heads/), null if there is none */
  branchTip(branch: string): Promise<string | null>;
  /** folders of the work trees that stand on a branch (without refs/heads/) */
  checkedOutAt(branch: string): Promise<string[]>;
  listFiles(commit: string, prefix: string): Promise<readonly TreeFile[]>;
  /** path from the root of the repository */
  readFile(commit: string, path: string): Promise<Buffer | null>;
  readFiles(commit: string, paths: readonly string[]): Promise<(Buffer | null)[]>;
  /** author, committer and message, as they were written */
  readHeader(commit: string): Promise<string>;
  commitCandidates(candidates: readonly Candidate[]): Promise<CommittedCandidate[]>;
  /** whether the branch is the caller's now: false if there was one already */
  claimBranch(claim: Claim): Promise<boolean>;
  releaseBranch(claim: Claim): Promise<void>;
  advanceBranch(advance: Advance): Promise<void>;
  /** points a ref below refs/autolift/ to a commit */
  setRef(ref: string, to: string): Promise<void>;
  mergeInto(merge: Merge): Promise<string>;
  /** address of a remote by its name, null if there is none */
  remoteUrl(name: string): Promise<string | null>;
  /** puts commits on a loop's remote under these refs; nothing happens where the remote is the repository itself */
  publish(remote: string, refs: readonly Publication[], limitMs?: number): Promise<void>;
  isAncestor(ancestor: string, descendant: string): Promise<boolean>;
  /** between two commits, by their hashes */
  diff(before: string, after: string, options: DiffOptions): Promise<string>;
  carryOver(request: CarryOver): Promise<Edit[] | null>;
  /** a unified diff as edits; a text says why it does not apply */
  applyPatch(request: PatchRequest): Promise<Edit[] | string>;
  evaluatorHash(commit: string, prefix: string, spec: EvaluatorSpec): Promise<string>;
}

/** Listings kept in memory: one a base that candidates are made from. */
const LISTINGS = 8;
const DIFFS = 16;
const FULL_HASH = /^[0-9a-f]{40,64}$/;

const rememberListings = (git: Git): Repository['listFiles'] => {
  const recall = remember<readonly TreeFile[]>(LISTINGS);
  return async (commit, prefix) =>
    // a name like HEAD may mean another commit tomorrow
    FULL_HASH.test(commit)
      ? await recall(`${commit} ${prefix}`, async () => await listFiles(git, commit, prefix))
      : await listFiles(git, commit, prefix);
};

/** The best keeps' diffs go into every prompt. */
const rememberDiffs = (git: Git): Repository['diff'] => {
  const recall = remember<string>(DIFFS);
  return async (before, after, options) =>
    await recall(
      JSON.stringify([before, after, options]),
      async () => await diffCommits(git, [before, after], options),
    );
};

const resolve = async (git: Git, revision: string): Promise<string | null> => {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const found = await git.text(args).catch(() => '');
  return found.trim() || null;
};

/**
 * Opens the repository that holds a path: a work tree, a folder in it, or a git directory. `own` is the remote that
 * this machine has credentials for.
 */
export const openRepository = async (path: string, own: RemoteUrl | null = null): Promise<Repository> => {
  const { repository } = await findRepository(path);
  const git = openGit(repository);
  const list = rememberListings(git);
  const readFiles: Repository['readFiles'] = async (commit, paths) =>
    await readObjects(
      git,
      paths.map((name) => `${commit}:${name}`),
    );
  return {
    directory: repository,
    resolve: async (revision) => await resolve(git, revision),
    branchTip: async (branch) => await readRef(git, `refs/heads/${branch}`),
    checkedOutAt: async (branch) => await checkedOutAt(git, branch),
    listFiles: list,
    readFile: async (commit, file) => (await readFiles(commit, [file]))[0] ?? null,
    readFiles,
    readHeader: async (commit) => await git.text(['cat-file', 'commit', commit]),
    commitCandidates: async (candidates) => await commitCandidates(git, list, candidates),
    claimBranch: async (claim) => await claimBranch(git, claim),
    releaseBranch: async (claim) => {
      await releaseBranch(git, claim);
    },
    advanceBranch: async (advance) => {
      await advanceBranch(git, advance);
    },
    setRef: async (ref, to) => {
      await setRef(git, ref, to);
    },
    mergeInto: async (merge) => await mergeInto(git, merge),
    remoteUrl: async (name) =>
      (await git.text(['config', '--get', `remote.${name}.url`]).catch(() => '')).trim() || null,
    publish: openPublisher({ directory: repository, path }, own),
    isAncestor: async (ancestor, descendant) =>
      (await git.quiet(['rev-list', '-n', '1', ancestor, `^${descendant}`])) === '',
    diff: rememberDiffs(git),
    carryOver: async (request) => await carryOver(git, request),
    applyPatch: async (request) => await applyPatch(git, request),
    evaluatorHash: async (commit, prefix, spec) => await evaluatorHash(git, await list(commit, prefix), spec),
  };
};
