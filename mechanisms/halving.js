// @ts-check
/**
 * Successive halving: many candidates on a quarter of a run, the better half again on a half, the best of those on a
 * whole one (Karnin et al. 2013; Jamieson & Talwalkar 2016).
 */
export const meta = { name: 'halving', domain: 'bandits', params: { candidates: 8, rungs: [0.25, 0.5, 1] } };

/** @typedef {{ rung: number, queue: number[], seen: { id: number, mean: number }[] }} State */

/** @type {State} */
const EMPTY = { rung: 0, queue: [], seen: [] };

/** @type {Mechanism<State>['init']} */
export const init = () => EMPTY;

/** @type {Mechanism<State>['propose']} */
export const propose = (c, state) => {
  const fidelity = meta.params.rungs[state.rung] ?? 1;
  if (state.rung === 0) return [{ fidelity, why: 'a first look' }, state];
  const known = new Set([c.incumbent, ...c.trials, ...c.elites].map(({ id }) => id));
  const queue = state.queue.filter((one) => known.has(one));
  const [id] = queue;
  if (id === undefined) return [{ fidelity: meta.params.rungs[0] ?? 1, why: 'a first look' }, EMPTY];
  return [
    { replicate: { id, n: 1 }, fidelity, why: `${String(id)} got through` },
    { ...state, queue },
  ];
};

/** @type {Mechanism<State>['observe']} */
export const observe = ({ id, scores }, state) => {
  const queue = state.queue.slice(1);
  const seen = [...state.seen, { id, mean: scores?.mean ?? -Number.MAX_VALUE }];
  const isOver = state.rung === 0 ? seen.length >= meta.params.candidates : queue.length === 0;
  if (!isOver) return { ...state, queue, seen };
  if (state.rung + 1 >= meta.params.rungs.length) return EMPTY;
  const best = seen.sort((a, b) => b.mean - a.mean || a.id - b.id).slice(0, Math.ceil(seen.length / 2));
  return { rung: state.rung + 1, queue: best.map((one) => one.id), seen: [] };
};
