import { isUtf8 } from 'node:buffer';
import type { ControlActivities, TransplantRequest } from '../contract/activities.js';
import { candidateRef, heldRef } from '../contract/names.js';
import type { Edit } from '../contract/proposal.js';
import { editableMatcher, type Repository } from '../storage/git/index.js';
import type { Deps } from './deps.js';
import { readCommits } from './propose/read-commits.js';

/** What makes the evaluator's commit carry the artifact: its editable files, and none that it doesn't have; null: not text. */
const editsOf = async (
  repository: Repository,
  { version: { task, source } }: TransplantRequest,
  artifact: string,
): Promise<Edit[] | null> => {
  const isEditable = editableMatcher(task.editable);
  const { prefix, evaluatorCommit } = source;
  const wanted = (await repository.listFiles(artifact, prefix)).filter(({ path }) => isEditable(path));
  const there = (await repository.listFiles(evaluatorCommit, prefix)).filter(({ path }) => isEditable(path));
  const known = new Map(there.map(({ path, oid, mode }) => [path, `${oid} ${mode}`]));
  const changed = wanted.filter(({ path, oid, mode }) => known.get(path) !== `${oid} ${mode}`);
  if (changed.some(({ mode }) => !mode.startsWith('100'))) return null;
  const below = prefix === '' ? '' : `${prefix}/`;
  const contents = await repository.readFiles(
    artifact,
    changed.map(({ path }) => below + path),
  );
  if (contents.some((content) => content === null || !isUtf8(content))) return null;
  const writes = changed.map(({ path }, i): Edit => ({ kind: 'write', path, content: String(contents[i]) }));
  const names = new Set(wanted.map(({ path }) => path));
  const gone = there.filter(({ path }) => !names.has(path));
  return [...writes, ...gone.map(({ path }): Edit => ({ kind: 'delete', path }))];
};

/** Puts artifacts among the protected files of another version of the evaluator, each under a ref of its own. */
export const createTransplant =
  ({ openRepository }: Pick<Deps, 'openRepository'>): ControlActivities['transplant'] =>
  async (request) => {
    const { id, artifacts, version } = request;
    const { repository: directory, prefix, evaluatorCommit } = version.source;
    const repository = await openRepository(directory);
    const parent = (await readCommits(repository, [evaluatorCommit])).get(evaluatorCommit);
    if (parent === undefined) throw new Error(`${directory} has no commit ${evaluatorCommit}`);
    const edits = await Promise.all(
      artifacts.map(async ({ commit }) => editsOf(repository, request, commit)),
    );
    const candidates = artifacts.flatMap(({ experiment }, place) => {
      const own = edits[place] ?? null;
      const ref = candidateRef(id, experiment);
      const message = `experiment ${String(experiment)} under another evaluator`;
      return own === null
        ? []
        : [{ place, ref, parent: evaluatorCommit, prefix, edits: own, message, at: parent.at + 1 }];
    });
    const made = await repository.commitCandidates(candidates);
    await repository.publish(version.source.remote, [
      ...candidates.flatMap(({ ref }, index) => {
        const commit = made[index]?.commit;
        return commit === undefined ? [] : [{ ref, commit }];
      }),
      ...[evaluatorCommit, ...artifacts.map((one) => one.commit)].map((commit) => ({
        ref: heldRef(id, commit),
        commit,
      })),
    ]);
    const commits: (string | null)[] = artifacts.map(() => null);
    for (const [index, { place }] of candidates.entries()) commits[place] = made[index]?.commit ?? null;
    return { commits };
  };
