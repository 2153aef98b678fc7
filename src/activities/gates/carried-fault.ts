import type { RebaseRequest } from '../../contract/activities.js';
import type { Edit } from '../../contract/proposal.js';
import type { Repository } from '../../storage/git/index.js';
import type { Deps } from '../deps.js';
import { MECHANISM_PATH, mechanismFault, mechanismWritten } from './mechanism-fault.js';

const mechanismAt = async (
  repository: Repository,
  commit: string,
  prefix: string,
): Promise<string | undefined> => {
  const path = prefix === '' ? MECHANISM_PATH : `${prefix}/${MECHANISM_PATH}`;
  return (await repository.readFiles(commit, [path]))[0]?.toString();
};

/** Why a mechanism that a merge made of two isn't worth a study; null: it is, or nothing was merged. */
export const carriedFault = async (
  deps: Pick<Deps, 'openRepository' | 'checkMechanism'>,
  { task, source, prepared, onto }: Pick<RebaseRequest, 'task' | 'source' | 'prepared' | 'onto'>,
  edits: readonly Edit[],
): Promise<string | null> => {
  if (mechanismWritten({ task, incumbent: undefined }, edits) === null) return null;
  const repository = await deps.openRepository(source.repository);
  const own = await mechanismAt(repository, prepared.commit, source.prefix);
  // the candidate's own has passed already
  if (mechanismWritten({ task, incumbent: own }, edits) === null) return null;
  return await mechanismFault(
    deps,
    { task, incumbent: await mechanismAt(repository, onto, source.prefix) },
    edits,
  );
};
