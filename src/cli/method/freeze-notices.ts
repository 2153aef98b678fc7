import { isUtf8 } from 'node:buffer';
import type { LoopSource } from '../../contract/loop.js';
import type { Policy } from '../../contract/method.js';
import { didYouMean } from '../../contract/nearest.js';
import type { Task } from '../../contract/task-schema.js';
import { scan } from '../../domain/proposers/mutate/scan.js';
import { type Freezable, freezesNothing } from '../../domain/steering/freezes-nothing.js';
import { knobsOf } from '../../domain/steering/knobs.js';
import { editableMatcher, openRepository } from '../../storage/git/index.js';

/** A task, and where a loop over it begins. */
export interface Searched {
  task: Pick<Task, 'name' | 'editable' | 'maxFileSize'>;
  source: Pick<LoopSource, 'repository' | 'prefix' | 'baseCommit'>;
}

const freezableOf = async ({ task, source }: Searched): Promise<Freezable> => {
  const { repository: directory, prefix, baseCommit } = source;
  const repository = await openRepository(directory);
  const isEditable = editableMatcher(task.editable);
  const files = await repository.listFiles(baseCommit, prefix);
  const shown = files.filter(
    ({ path, mode, size }) => mode.startsWith('100') && isEditable(path) && size <= task.maxFileSize,
  );
  const folder = prefix === '' ? '' : `${prefix}/`;
  const contents = await repository.readFiles(
    baseCommit,
    shown.map(({ path }) => folder + path),
  );
  const literals = shown.flatMap(({ path }, index) => {
    const content = contents[index];
    return content && isUtf8(content) && !content.includes(0) ? scan(path, content.toString()) : [];
  });
  return { space: knobsOf(literals).space, files: files.map(({ path }) => path) };
};

/** Without its file: that alone would make any two knobs of it look alike. */
const nameIn = (id: string): string => id.slice(id.indexOf(':') + 1);

/**
 * What a method freezes in vain. It is no mistake of the method's, which is made for several tasks, but a knob whose name is
 * misspelt is turned all the same.
 */
export const freezeNotices = async (
  ref: string,
  { freeze, schedule }: Pick<Policy, 'freeze' | 'schedule'>,
  searched: readonly Searched[],
): Promise<string[]> => {
  const all = [...freeze, ...schedule.flatMap((phase) => phase.freeze ?? [])];
  if (all.length === 0) return [];
  const tasks = await Promise.all(searched.map(freezableOf));
  const known = tasks.flatMap(({ space, files }) => [...space.map(({ id }) => id), ...files]);
  const names = searched.map(({ task }) => task.name).join(', ');
  return freezesNothing(all, tasks).map(
    (pattern) =>
      `${ref}: freeze: "${pattern}" names no knob and no file of ${names}: it freezes nothing${didYouMean(nameIn(pattern), known.map(nameIn))}`,
  );
};
