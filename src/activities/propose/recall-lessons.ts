import { classOf } from '../../domain/device/preferences.js';
import { chooseLessons } from '../../domain/memory/choose-lessons.js';
import { memoryOf } from '../../domain/memory/memory-setting.js';
import { searchWords } from '../../domain/memory/search-words.js';
import { isOfAblation, rootOf } from '../../domain/research/child-names.js';
import type { ProposeRequest } from '../../contract/activities.js';
import type { Deps } from '../deps.js';

/** Lessons in a prompt without a method's word about it. */
const LESSONS = 5;
const CHARACTERS = 3000;
/** Sightings among which the weightiest lessons are chosen. */
const CANDIDATES = 400;

/** What a proposal is about, beside its task: names of its files, and its instructions. */
interface Words {
  files: Iterable<string>;
  instructions: string | null;
}

/** What earlier loops seem to have learnt that may matter now, a line each; nothing where the task or method says so. */
export const recallLessons = async (
  { ledger }: Pick<Deps, 'ledger'>,
  {
    task,
    loop,
    method,
    hints,
    device,
  }: Pick<ProposeRequest, 'task' | 'loop' | 'method' | 'hints' | 'device'>,
  { files, instructions }: Words,
): Promise<string[]> => {
  const { read, halfLifeDays, from } = memoryOf(task);
  const { enabled, lessons: most } = method?.memory ?? { enabled: true, lessons: LESSONS };
  // the arms of an ablation have to be told the same, whenever each of them runs
  if (!read || !enabled || most === 0 || isOfAblation(loop)) return [];
  const wish = method?.guidance.directive?.hint ?? '';
  const words = searchWords([
    wish,
    ...hints,
    task.goal,
    task.measure.metric.name,
    ...files,
    instructions?.slice(0, 2000) ?? '',
  ]);
  const wanted = { loop, since: rootOf(loop), task: task.name, from, words, limit: CANDIDATES };
  const found = await ledger.memory.recall(wanted);
  return chooseLessons(found, {
    now: Date.now(),
    halfLifeDays,
    most,
    characters: CHARACTERS,
    task: task.name,
    device: device ?? classOf(task),
  });
};
