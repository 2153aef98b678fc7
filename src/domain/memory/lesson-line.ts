import type { Effect } from '../../contract/lesson.js';
import { oneLine } from '../proposers/prompt/untrusted.js';
import type { Ranked } from './lessons.js';

const WORDS: Readonly<Record<Effect, string>> = {
  helped: 'kept',
  promising: 'better in a single run',
  not_kept: 'not kept',
  failed: 'failed',
};

const times = (count: number): string => (count === 1 ? 'once' : `${String(count)} times`);

/** "kept once, not kept 3 times": the outcomes of an idea, all of them. */
export const outcomeWords = (counts: Ranked['counts']): string =>
  Object.entries(WORDS)
    .flatMap(([effect, word]) => {
      const count = counts[effect as Effect];
      return count === 0 ? [] : [`${word} ${times(count)}`];
    })
    .join(', ');

const several = (values: readonly (string | null)[]): string =>
  [...new Set(values.flatMap((value) => value ?? []))].join(' and ');

/** Where it was seen: loops, day, devices, rules, and the evaluator where it is not the first. */
export const provenanceWords = ({ sightings, loops, lastAt }: Ranked): string => {
  const devices = several(sightings.map(({ deviceClass }) => deviceClass));
  const rules = several(sightings.map(({ rule }) => rule));
  const epochs = [...new Set(sightings.map(({ epoch }) => epoch))].filter((epoch) => epoch > 1);
  return [
    loops === 1 ? '1 loop' : `${String(loops)} loops`,
    `until ${new Date(lastAt).toISOString().slice(0, 10)}`,
    ...(devices === '' ? [] : [`on ${devices}`]),
    ...(rules === '' ? [] : [`rule ${rules}`]),
    ...(epochs.length === 0 ? [] : [`evaluator epoch ${epochs.join(', ')}`]),
  ].join(', ');
};

/** Its numbers are scores: those of another device class are no measure for whoever reads this on his own. */
const evidenceFor = ({ sightings }: Ranked, device: string): string =>
  sightings.find(({ deviceClass, evidence }) => evidence !== '' && (deviceClass ?? device) === device)
    ?.evidence ?? '';

/** A lesson as a prompt has it, on one line; `device`: the class that the reader's loop measures on. */
export const lessonLine = (lesson: Ranked, { task, device }: { task: string; device: string }): string => {
  const { idea, counts, weight } = lesson;
  const evidence = evidenceFor(lesson, device);
  const where = lesson.task === task ? '' : `[task ${lesson.task}] `;
  const seen = `${provenanceWords(lesson)}, weight ${weight.toFixed(2)}`;
  const last = evidence === '' ? '' : `; the last time: ${oneLine(evidence, 160)}`;
  return `- ${where}${oneLine(idea, 160)}: ${outcomeWords(counts)} (${seen})${last}`;
};
