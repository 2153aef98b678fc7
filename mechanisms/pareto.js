// @ts-check
/**
 * Pareto front over instances: an elite that is best on any of them is a parent, as often as it wins; now and then what
 * another of them has changed is merged into it (after GEPA, Agrawal et al. 2025).
 */
export const meta = { name: 'pareto', domain: 'evolutionary search', params: { merge: 0.3 } };

export const init = () => null;

/** How often each elite is best; without scores by instance the best mean wins. @type {(elites: readonly Elite[]) => number[]} */
const wins = (elites) => {
  const tasks = Math.max(1, ...elites.map(({ perTask }) => perTask?.length ?? 0));
  const counts = elites.map(() => 0);
  for (let task = 0; task < tasks; task++) {
    const scores = elites.map(({ perTask, mean }) => perTask?.[task] ?? mean);
    const best = Math.max(...scores);
    scores.forEach((score, i) => {
      if (score === best) counts[i] = (counts[i] ?? 0) + 1;
    });
  }
  return counts;
};

/** @type {(elites: readonly Elite[], draw: number) => Elite | undefined} */
const byWins = (elites, draw) => {
  const counts = wins(elites);
  let left = draw * counts.reduce((sum, one) => sum + one, 0);
  return elites.find((_, i) => (left -= counts[i] ?? 0) < 0) ?? elites.at(-1);
};

/** What `other` has changed of the start and `parent` hasn't. @type {(parent: Elite, other: Elite, c: Context) => Move[]} */
const merged = (parent, other, c) => {
  const start = c.elites[0]?.config;
  return c.space
    .flatMap(({ id }) => {
      const [from, to] = [parent.config?.[id], other.config?.[id]];
      return to !== undefined && from !== undefined && to !== from && from === start?.[id]
        ? [{ knob: id, to }]
        : [];
    })
    .slice(0, 32);
};

/** @type {Mechanism['propose']} */
export const propose = (c, state) => {
  const [a = 0, b = 0, merge = 0] = c.rnd.map((one) => one / 2 ** 32);
  const parent = byWins(c.elites, a);
  if (parent === undefined) return [{ why: 'there is no front yet' }, state];
  const other = byWins(
    c.elites.filter(({ id }) => id !== parent.id),
    b,
  );
  const move = other === undefined || merge >= meta.params.merge ? [] : merged(parent, other, c);
  if (other === undefined || move.length === 0)
    return [{ parent: parent.id, why: 'drawn by its wins' }, state];
  return [{ parent: parent.id, move, why: `${String(other.id)} merged into ${String(parent.id)}` }, state];
};

/** @type {Mechanism['observe']} */
export const observe = (_, state) => state;
