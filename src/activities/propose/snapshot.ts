import { isUtf8 } from 'node:buffer';
import type { ProposeRequest } from '../../contract/activities.js';
import { type Repository, type TreeFile, editableMatcher, remember } from '../../storage/git/index.js';

/** The task's files at the commit that proposals are made from. */
export interface Snapshot {
  files: readonly TreeFile[];
  isEditable: (path: string) => boolean;
  /** editable files that are text, by path, in git's order */
  texts: ReadonlyMap<string, string>;
  /** paths of editable files that are not text or too long to be shown */
  opaque: readonly string[];
  oids: ReadonlyMap<string, string>;
  /** the task's instructions for proposers; null where it names none, or no file is there */
  instructions: { path: string; text: string } | null;
}

const KEPT = 8;

type Wanted = Pick<ProposeRequest, 'base' | 'task'> & { source: Pick<ProposeRequest['source'], 'prefix'> };

const read = async (repository: Repository, request: Wanted): Promise<Snapshot> => {
  const { base, source, task } = request;
  const isEditable = editableMatcher(task.editable);
  const files = await repository.listFiles(base, source.prefix);
  const editable = files.filter((file) => file.mode.startsWith('100') && isEditable(file.path));
  const readable = editable.filter((file) => file.size <= task.maxFileSize);
  const folder = source.prefix === '' ? '' : `${source.prefix}/`;
  const named = task.instructions === undefined ? [] : [task.instructions];
  const paths = [...readable.map(({ path }) => path), ...named];
  const contents = await repository.readFiles(
    base,
    paths.map((path) => folder + path),
  );
  const texts = new Map<string, string>();
  for (const [index, { path }] of readable.entries()) {
    const content = contents[index];
    if (content && isUtf8(content) && !content.includes(0)) texts.set(path, content.toString());
  }
  return {
    files,
    isEditable,
    texts,
    opaque: editable.filter(({ path }) => !texts.has(path)).map(({ path }) => path),
    oids: new Map(files.map(({ path, oid }) => [path, oid])),
    instructions:
      named.flatMap((path) => {
        const text = contents[readable.length]?.toString();
        return text === undefined ? [] : [{ path, text }];
      })[0] ?? null,
  };
};

/** Reads snapshots and keeps the last few: the incumbent changes seldom. */
export const rememberSnapshots = (): ((repository: Repository, request: Wanted) => Promise<Snapshot>) => {
  const recall = remember<Snapshot>(KEPT);
  return async (repository, request) => {
    const { base, source, task } = request;
    const key = JSON.stringify([
      repository.directory,
      base,
      source.prefix,
      task.editable,
      task.maxFileSize,
      task.instructions,
    ]);
    return await recall(key, async () => await read(repository, request));
  };
};
