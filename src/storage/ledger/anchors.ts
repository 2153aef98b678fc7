import type pg from 'pg';

/** An event of a loop that names the head which the steward's audit log then had. */
export interface Anchor {
  loop: string;
  text: string;
}

const ANCHORS = `
SELECT loop, text FROM autolift.loop_events
WHERE kind = 'holdout' AND text LIKE 'audit log at %' AND ($1::text IS NULL OR loop = $1)
ORDER BY loop, seq`;

/** What one loop, or with null every loop, wrote down of the audit log. */
export const anchors = async (pool: pg.Pool, loop: string | null): Promise<Anchor[]> =>
  (await pool.query<Anchor>(ANCHORS, [loop])).rows;
