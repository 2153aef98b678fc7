import type pg from 'pg';
import type { FoundSighting, Recall, Sighting, StoredSighting } from '../../../contract/lesson.js';
import { toJson } from '../to-json.js';
import { LESSON_COLUMNS, LESSON_FIELDS, LESSON_RECORD, lessonId } from './lesson-columns.js';
import { recall, search } from './recall.js';

/** What is to be forgotten. */
export type Wiped = { task: string } | { loop: string } | 'all';

/** What loops have learnt. Whoever may write the ledger may write and wipe it. */
export interface Memory {
  recall(wanted: Recall): Promise<FoundSighting[]>;
  search(words: readonly string[], limit: number): Promise<FoundSighting[]>;
  /** every sighting of the lessons whose id begins so; "": all there is */
  lessons(id: string): Promise<StoredSighting[]>;
  /**
   * Adds sightings from elsewhere, twice the same once; how many were new or fuller than what was known. What a loop of this
   * ledger has written stays as it is.
   */
  add(sightings: readonly Sighting[]): Promise<number>;
  wipe(what: Wiped): Promise<number>;
}

const LESSONS = `
SELECT ${LESSON_FIELDS} FROM autolift.lessons WHERE lesson LIKE $1 || '%' ORDER BY task, lesson, first_at, loop, effect`;

const ADD = `
INSERT INTO autolift.lessons AS known (lesson, ${LESSON_COLUMNS})
SELECT DISTINCT ON (loop, lesson, effect) lesson, loop, task, theme, effect, count, idea, evidence, outcome, experiment,
  commit, level, epoch, "evaluatorHash", "deviceClass", rule, to_timestamp("firstAt" / 1000),
  to_timestamp("lastAt" / 1000)
FROM jsonb_to_recordset($1::jsonb) AS row (${LESSON_RECORD})
ORDER BY loop, lesson, effect, count DESC
ON CONFLICT (loop, lesson, effect) DO UPDATE SET
  count = excluded.count, idea = excluded.idea, evidence = excluded.evidence, outcome = excluded.outcome,
  experiment = excluded.experiment, commit = excluded.commit, evaluator_hash = excluded.evaluator_hash,
  device_class = excluded.device_class, rule = excluded.rule, first_at = excluded.first_at, last_at = excluded.last_at
WHERE excluded.count > known.count AND NOT EXISTS (SELECT FROM autolift.loops WHERE loops.loop = known.loop)`;

const WIPE = `
DELETE FROM autolift.lessons WHERE ($1::text IS NULL OR task = $1) AND ($2::text IS NULL OR loop = $2)`;

export const createMemory = (pool: pg.Pool): Memory => ({
  recall: async (wanted) => await recall(pool, wanted),
  search: async (words, limit) => await search(pool, words, limit),
  lessons: async (id) => (await pool.query<StoredSighting>(LESSONS, [id])).rows,
  add: async (sightings) => {
    const rows = sightings.map((one) => ({ ...one, lesson: lessonId(one) }));
    return (await pool.query(ADD, [toJson(rows)])).rowCount ?? 0;
  },
  wipe: async (what) => {
    const task = what !== 'all' && 'task' in what ? what.task : null;
    const loop = what !== 'all' && 'loop' in what ? what.loop : null;
    return (await pool.query(WIPE, [task, loop])).rowCount ?? 0;
  },
});
