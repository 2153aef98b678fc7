import { rankLessons } from '../../domain/memory/choose-lessons.js';
import { outcomeWords, provenanceWords } from '../../domain/memory/lesson-line.js';
import type { Ranked } from '../../domain/memory/lessons.js';
import type { FoundSighting, StoredSighting } from '../../contract/lesson.js';
import { oneLine } from '../../domain/proposers/prompt/untrusted.js';

const HALF_LIFE_DAYS = 30;

export const ranked = (found: readonly FoundSighting[], now: number): Ranked[] =>
  rankLessons(found, { now, halfLifeDays: HALF_LIFE_DAYS });

/** A lesson in two lines: what it is, and where it was seen. */
export const lessonWords = (lesson: Ranked): string =>
  [
    `${lesson.id}  ${oneLine(lesson.task, 60)}: ${oneLine(lesson.idea, 160)}`,
    `              ${outcomeWords(lesson.counts)} (${provenanceWords(lesson)}, weight ${lesson.weight.toFixed(2)})`,
  ].join('\n');

/** One sighting with all that is known of where it comes from. */
export const sightingWords = (sighting: StoredSighting): string => {
  const { loop, experiment, outcome, count, commit, deviceClass, rule, epoch, evaluatorHash, lastAt } =
    sighting;
  const known = [
    `commit ${commit?.slice(0, 12) ?? 'none'}`,
    `on ${deviceClass ?? 'no device'}`,
    `rule ${rule ?? 'none'}`,
    `evaluator epoch ${String(epoch)}${evaluatorHash === null ? '' : ` (${evaluatorHash.slice(0, 12)})`}`,
    new Date(lastAt).toISOString().slice(0, 10),
  ];
  return [
    `  ${oneLine(loop, 120)} #${String(experiment)}: ${outcome}${count === 1 ? '' : `, the last of ${String(count)}`}`,
    `    ${oneLine(sighting.idea, 300)}`,
    `    ${oneLine(sighting.evidence, 300)}`,
    `    ${known.map((one) => oneLine(one, 80)).join(', ')}`,
  ].join('\n');
};
