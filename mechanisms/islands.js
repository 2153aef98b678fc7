// @ts-check
/** Islands: several lineages side by side; a search that fails goes on with the best of the one least visited. */
export const meta = { name: 'islands', domain: 'evolutionary search', params: { islands: 4, patience: 4 } };

/** @typedef {{ visits: number[] }} State */

/** @type {Mechanism<State>['init']} */
export const init = () => ({ visits: Array.from({ length: meta.params.islands }, () => 0) });

/** @type {Mechanism<State>['propose']} */
export const propose = (c, state) => {
  const failures = c.trials.length - 1 - c.trials.findLastIndex(({ status }) => status === 'keep');
  if (failures < meta.params.patience) return [{ why: 'this island goes well' }, state];
  const inhabited = state.visits
    .map((visits, island) => ({
      visits,
      island,
      elites: c.elites.filter(({ id }) => id % state.visits.length === island),
    }))
    .filter(({ elites }) => elites.length > 0)
    .sort((a, b) => a.visits - b.visits || a.island - b.island);
  const [next] = inhabited;
  if (next === undefined) return [{ why: 'no island is inhabited' }, state];
  const best = next.elites.reduce((a, b) => (b.mean > a.mean ? b : a));
  const visits = state.visits.map((count, island) => (island === next.island ? count + 1 : count));
  return [{ parent: best.id, why: `island ${String(next.island)} was visited least` }, { visits }];
};

/** @type {Mechanism<State>['observe']} */
export const observe = (_, state) => state;
