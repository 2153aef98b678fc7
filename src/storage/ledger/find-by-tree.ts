import type pg from 'pg';

// by the tree first: of a new loop there are no statistics, and the planner might read all that it has
const FIND = `
WITH same AS MATERIALIZED (
  SELECT loop, tree, experiment, outcome FROM autolift.experiments WHERE tree = ANY($2::text[])
)
SELECT tree, min(experiment) AS experiment FROM same
WHERE loop = $1 AND outcome NOT IN ('cancelled', 'over_budget')
GROUP BY tree`;

/** The first experiment that tried each of these trees to an end, by tree. */
export const findByTree = async (
  pool: pg.Pool,
  loop: string,
  trees: readonly string[],
): Promise<Map<string, number>> => {
  if (trees.length === 0) return new Map();
  const found = await pool.query<{ tree: string; experiment: number }>(FIND, [loop, trees]);
  return new Map(found.rows.map(({ tree, experiment }) => [tree, experiment]));
};
