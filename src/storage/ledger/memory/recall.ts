import type pg from 'pg';
import type { FoundSighting, Recall } from '../../../contract/lesson.js';
import { LESSON_FIELDS } from './lesson-columns.js';

/** Words are letters and digits alone; without any nothing fits. */
const QUERY = `to_tsquery('english', array_to_string($1::text[], ' | '))`;

// of other tasks only what fits; of the own one all, for whatever it is about it is about this
const RECALL = `
SELECT ${LESSON_FIELDS}, ts_rank(words, q)::float8 AS relevance
FROM autolift.lessons, ${QUERY} AS q
WHERE task LIKE ANY ($2::text[]) AND (task = $3 OR words @@ q) AND loop <> $4
  AND first_at < coalesce((SELECT opened_at FROM autolift.loops WHERE loop = $5), now())
ORDER BY task = $3 DESC, relevance DESC, last_at DESC, loop, lesson, effect LIMIT $6`;

const SEARCH = `
SELECT ${LESSON_FIELDS}, ts_rank(words, q)::float8 AS relevance
FROM autolift.lessons, ${QUERY} AS q
WHERE words @@ q ORDER BY relevance DESC, last_at DESC, loop, lesson, effect LIMIT $2`;

const likePattern = (glob: string): string =>
  glob.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`).replaceAll('*', '%');

/** Sightings that a loop may be told, the nearest first: never its own, never younger than it. */
export const recall = async (pool: pg.Pool, wanted: Recall): Promise<FoundSighting[]> => {
  const { words, from, task, loop, since, limit } = wanted;
  const values = [words, from.map(likePattern), task, loop, since, limit];
  return (await pool.query<FoundSighting>(RECALL, values)).rows;
};

export const search = async (
  pool: pg.Pool,
  words: readonly string[],
  limit: number,
): Promise<FoundSighting[]> => (await pool.query<FoundSighting>(SEARCH, [words, limit])).rows;
