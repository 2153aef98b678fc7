import type { ControlActivities } from '../contract/activities.js';
import { dataFinding } from '../domain/data/data-finding.js';
import { readItems, type Item } from '../domain/data/read-items.js';
import { editableMatcher, type Repository } from '../storage/git/index.js';
import type { Deps } from './deps.js';

/** Data beyond this is too much to be looked at before each run. */
const MOST_BYTES = 64 * 1024 * 1024;

const within = (prefix: string, path: string): string => (prefix === '' ? path : `${prefix}/${path}`);

const itemsOf = async (repository: Repository, commit: string, paths: readonly string[]): Promise<Item[]> => {
  const contents = await repository.readFiles(commit, [...paths]);
  return paths.flatMap((path, at) => readItems(path, contents[at]?.toString() ?? ''));
};

/** Reads the data of a commit, and the anchor as the evaluator's commit has it: no candidate can move that. */
export const createInspectData =
  ({ openRepository }: Pick<Deps, 'openRepository'>): ControlActivities['inspectData'] =>
  async ({ source, data, commit }) => {
    const repository = await openRepository(source.repository);
    const isData = editableMatcher(data.files);
    const files = (await repository.listFiles(commit, source.prefix)).filter(({ path }) => isData(path));
    if (files.length === 0) return { finding: 'data-collapse: no file of the data is left' };
    if (files.reduce((sum, { size }) => sum + size, 0) > MOST_BYTES)
      return { finding: 'data-collapse: the data is larger than 64 MiB, and was not looked at' };
    const paths = files.map(({ path }) => within(source.prefix, path));
    const items = await itemsOf(repository, commit, paths);
    const anchor = await itemsOf(repository, source.evaluatorCommit, [within(source.prefix, data.anchor)]);
    return { finding: dataFinding({ items, anchor }, data) };
  };
