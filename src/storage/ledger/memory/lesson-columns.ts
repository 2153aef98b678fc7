import { createHash } from 'node:crypto';
import type { Sighting } from '../../../contract/lesson.js';

/** The same for a task and a theme in every ledger. */
export const lessonId = ({ task, theme }: Pick<Sighting, 'task' | 'theme'>): string =>
  createHash('sha256').update(`${task}\n${theme}`).digest('hex').slice(0, 12);

/** Columns as they are written, beside `lesson`. */
export const LESSON_COLUMNS = `loop, task, theme, effect, count, idea, evidence, outcome, experiment, commit, level, epoch,
    evaluator_hash, device_class, rule, first_at, last_at`;

/** A sighting as JSON. */
export const LESSON_RECORD = `lesson text, loop text, task text, theme text, effect text, count bigint, idea text,
    evidence text, outcome text, experiment integer, commit text, level text, epoch integer, "evaluatorHash" text,
    "deviceClass" text, rule text, "firstAt" double precision, "lastAt" double precision`;

/** Columns under the names of the contract; times in milliseconds since the epoch. */
export const LESSON_FIELDS = `lesson, loop, task, theme, effect, count, idea, evidence, outcome, experiment, commit, level,
  epoch, evaluator_hash AS "evaluatorHash", device_class AS "deviceClass", rule,
  (extract(epoch FROM first_at) * 1000)::float8 AS "firstAt", (extract(epoch FROM last_at) * 1000)::float8 AS "lastAt"`;
