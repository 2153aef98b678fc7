import type { FoundSighting } from '../../contract/lesson.js';
import { lessonLine } from './lesson-line.js';
import { lessonsOf, lessonWeight, type Ranked } from './lessons.js';

export interface Choice {
  now: number;
  halfLifeDays: number;
  /** lessons at most */
  most: number;
  /** and characters at most */
  characters: number;
  /** whose lessons are meant when a line names no task */
  task: string;
  /** class whose numbers are told; of others the outcome alone */
  device: string;
}

export const rankLessons = (
  found: readonly FoundSighting[],
  choice: Pick<Choice, 'now' | 'halfLifeDays'>,
): Ranked[] =>
  lessonsOf(found)
    .map((lesson) => ({
      ...lesson,
      weight: lessonWeight(lesson, choice) * (1 + Math.min(1, 10 * lesson.relevance)),
    }))
    .toSorted((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));

/** The lines that a prompt shows: the weightiest lessons, as many as fit. */
export const chooseLessons = (found: readonly FoundSighting[], choice: Choice): string[] => {
  const lines: string[] = [];
  let left = choice.characters;
  for (const lesson of rankLessons(found, choice)) {
    const line = lessonLine(lesson, choice);
    if (lines.length >= choice.most || line.length + 1 > left) break;
    left -= line.length + 1;
    lines.push(line);
  }
  return lines;
};
