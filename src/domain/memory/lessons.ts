import type { Effect, FoundSighting } from '../../contract/lesson.js';

const DAY_MS = 86_400_000;

/** Everything seen of one idea on one task, whatever the loop. */
export interface Lesson {
  id: string;
  task: string;
  /** as it was worded last */
  idea: string;
  /** the last verdict in words */
  evidence: string;
  counts: Record<Effect, number>;
  loops: number;
  lastAt: number;
  relevance: number;
  sightings: FoundSighting[];
}

const counted = (sightings: readonly FoundSighting[]): Lesson['counts'] => {
  const counts = { helped: 0, promising: 0, not_kept: 0, failed: 0 };
  for (const { effect, count } of sightings) counts[effect] += count;
  return counts;
};

/** A lesson with what it is worth now: its weight, the more where the words fit. */
export interface Ranked extends Lesson {
  weight: number;
}

/** One lesson for an idea on a task, with both outcomes where they differ. */
export const lessonsOf = (sightings: readonly FoundSighting[]): Lesson[] => {
  const groups = new Map<string, FoundSighting[]>();
  for (const one of sightings) groups.set(one.lesson, [...(groups.get(one.lesson) ?? []), one]);
  return [...groups].flatMap(([id, group]) => {
    const sorted = group.toSorted((a, b) => b.lastAt - a.lastAt || (a.loop < b.loop ? -1 : 1));
    const [last] = sorted;
    if (last === undefined) return [];
    const { task, idea, evidence, lastAt } = last;
    return [
      {
        id,
        task,
        idea,
        evidence,
        counts: counted(sorted),
        loops: new Set(sorted.map(({ loop }) => loop)).size,
        lastAt,
        relevance: Math.max(...sorted.map(({ relevance }) => relevance)),
        sightings: sorted,
      },
    ];
  });
};

/** Nothing counts for much because one loop tried it a hundred times. */
const strength = (count: number): number => Math.log2(1 + count);

/** How much an effect says about whether the idea is good; a promising one is half believed. */
const SAYS: Readonly<Record<Effect, number>> = { helped: 1, promising: 0.5, not_kept: -1, failed: -1 };

/**
 * What a lesson is worth now, from 0: the more for every sighting, half as much after a half-life, and the less the
 * more its outcomes contradict each other.
 */
export const lessonWeight = (
  { sightings }: Pick<Lesson, 'sightings'>,
  { now, halfLifeDays }: { now: number; halfLifeDays: number },
): number => {
  let [total, sum] = [0, 0];
  for (const { effect, count, lastAt } of sightings) {
    const age = Math.max(0, now - lastAt) / DAY_MS;
    const weight = Math.abs(SAYS[effect]) * strength(count) * 2 ** (-age / halfLifeDays);
    total += weight;
    sum += Math.sign(SAYS[effect]) * weight;
  }
  return total === 0 ? 0 : total * (0.25 + 0.75 * (Math.abs(sum) / total));
};
