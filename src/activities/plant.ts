import { isUtf8 } from 'node:buffer';
import { ApplicationFailure } from '@temporalio/common';
import type { ControlActivities, PlantRequest } from '../contract/activities.js';
import { candidateRef } from '../contract/names.js';
import type { Edit } from '../contract/proposal.js';
import type { Canary } from '../contract/task-schema.js';
import { checkEdits } from '../domain/proposal/check-edits.js';
import { editableMatcher, type Repository } from '../storage/git/index.js';
import type { Deps } from './deps.js';
import { readCommits } from './propose/read-commits.js';

const refuse = (path: string, why: string): never => {
  throw ApplicationFailure.nonRetryable(`canary ${path}: ${why}`, 'BadCanary');
};

/** Files below the canary's folder take the place of the task's files of the same names. */
const overlay = async (repository: Repository, { source }: PlantRequest, path: string): Promise<Edit[]> => {
  const { prefix, evaluatorCommit } = source;
  const below = `${prefix === '' ? '' : `${prefix}/`}${path}`;
  const files = await repository.listFiles(evaluatorCommit, below);
  if (files.length === 0) return refuse(path, 'no such folder is committed; name a folder or a .patch');
  const contents = await repository.readFiles(
    evaluatorCommit,
    files.map((file) => `${below}/${file.path}`),
  );
  return files.map((file, index) => {
    const content = contents[index];
    if (!content || !isUtf8(content) || !file.mode.startsWith('100'))
      return refuse(path, `${file.path} is no text file`);
    return { kind: 'write', path: file.path, content: content.toString() };
  });
};

const patched = async (repository: Repository, { source }: PlantRequest, path: string): Promise<Edit[]> => {
  const { prefix, evaluatorCommit } = source;
  const file = prefix === '' ? path : `${prefix}/${path}`;
  const patch = await repository.readFile(evaluatorCommit, file);
  if (patch === null) return refuse(path, 'no such file is committed');
  const edits = await repository.applyPatch({ commit: evaluatorCommit, prefix, patch });
  return typeof edits === 'string' ? refuse(path, edits) : edits;
};

const editsOf = async (repository: Repository, request: PlantRequest, canary: Canary): Promise<Edit[]> => {
  if (canary.kind === 'no-op') return [];
  const { task, source } = request;
  const path = canary.path.replace(/^\.\//, '').replace(/\/+$/, '');
  const isPatch = /\.(patch|diff)$/.test(path);
  const edits = await (isPatch ? patched : overlay)(repository, request, path);
  const checked = checkEdits(edits, {
    files: await repository.listFiles(source.evaluatorCommit, source.prefix),
    isEditable: editableMatcher(task.editable),
    maxFileSize: task.maxFileSize,
    isUnchanged: () => false,
  });
  return checked.status === 'ok' ? checked.edits : refuse(path, checked.reason);
};

/** The unchanged artifact is the loop's baseline; the others change what the evaluator was committed with. */
const baseOf = ({ source }: PlantRequest, { kind }: Canary): string =>
  kind === 'no-op' ? source.baseCommit : source.evaluatorCommit;

/** Makes each canary the candidate that it dresses up as: a change of editable files, under a ref beside the baseline's. */
export const createPlant =
  ({ openRepository }: Pick<Deps, 'openRepository'>): ControlActivities['plant'] =>
  async (request) => {
    const { loop, source, canaries } = request;
    const repository = await openRepository(source.repository);
    const bases = await readCommits(repository, [source.baseCommit, source.evaluatorCommit]);
    const refs = canaries.map((_, index) => `${candidateRef(loop, 0)}.${String(index + 1)}`);
    const made = await repository.commitCandidates(
      await Promise.all(
        canaries.map(async (canary, index) => {
          const parent = baseOf(request, canary);
          const found = bases.get(parent);
          if (found === undefined) throw new Error(`${repository.directory} has no commit ${parent}`);
          return {
            ref: refs[index] ?? '',
            parent,
            prefix: source.prefix,
            edits: await editsOf(repository, request, canary),
            message: `canary: ${canary.kind}`,
            at: found.at + 1 + index,
          };
        }),
      ),
    );
    const commits = made.map(({ commit }) => commit);
    await repository.publish(
      source.remote,
      commits.map((commit, index) => ({ ref: refs[index] ?? '', commit })),
    );
    return { commits };
  };
