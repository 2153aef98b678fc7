import type pg from 'pg';

const FIND = `
SELECT tree, min(experiment) AS experiment
FROM autolift.experiments
WHERE loop = $1 AND tree = ANY($2::text[]) AND outcome NOT IN ('cancelled', 'over_budget')
GROUP BY tree`;

/** The first experiment that tried each of these trees to an end, by tree. */
export const findByTree = async (
  pool: pg.Pool,
  loop: string,
  trees: readonly string[],
): Promise<Map<string, number>> => {
  if (trees.length === 0) return new Map();
  const found = await pool.query<{ tree: string; experiment: number }>({
    name: 'find-by-tree',
    text: FIND,
    values: [loop, trees],
  });
  return new Map(found.rows.map(({ tree, experiment }) => [tree, experiment]));
};
