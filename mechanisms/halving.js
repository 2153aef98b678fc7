// @ts-check
/**
 * Successive halving: many candidates on a quarter of a run, the better half again on a half, the best of those on a
 * whole one, which alone can be a keep (Karnin et al. 2013; Jamieson & Talwalkar 2016). It is for loops whose runs can be
 * shortened: where a look costs a whole run all the same, nothing is looked at twice and nothing is gained.
 */
export const meta = { name: 'halving', domain: 'bandits', params: { candidates: 8, rungs: [0.25, 0.5, 1] } };

/** @typedef {{ moves: readonly Move[], key: string, mean: number }} Seen */
/** @typedef {{ rung: number, queue: Seen[], seen: Seen[] }} State */

/** @type {State} */
const EMPTY = { rung: 0, queue: [], seen: [] };

/** @type {Mechanism<State>['init']} */
export const init = () => EMPTY;

/** Whether these moves can still be made, now that the incumbent may be another. @type {(c: Context, moves: readonly Move[]) => boolean} */
const canMake = (c, moves) =>
  moves.every((move) => {
    const knob = c.space.find(({ id }) => id === move.knob);
    const from = c.incumbent.config?.[move.knob];
    if (knob === undefined || from === undefined) return false;
    if ('to' in move) return move.to !== from;
    const { values, range } = knob;
    if (values) return values.includes(from) && values[values.indexOf(from) + move.step] !== undefined;
    return typeof from === 'number' && (!range || (move.step > 0 ? from < range[1] : from > range[0]));
  });

/** @type {Mechanism<State>['propose']} */
export const propose = (c, state) => {
  const { rungs } = meta.params;
  const queue = state.queue.filter(({ moves }) => canMake(c, moves));
  const [next] = queue;
  if (next === undefined) {
    const begun = state.rung === 0 ? state : EMPTY;
    // what was looked at needs no second look on the same rung
    const forbid = begun.seen.map(({ key }) => ({ key }));
    return [{ forbid, fidelity: rungs[0] ?? 1, why: 'a first look' }, begun];
  }
  const fidelity = rungs[state.rung] ?? 1;
  return [
    { move: [...next.moves], fidelity, why: `${next.key} got through` },
    { ...state, queue },
  ];
};

/** @type {Mechanism<State>['observe']} */
export const observe = ({ moves, key, scores, fidelity }, state) => {
  const { rungs, candidates } = meta.params;
  const others = state.queue.filter((one) => one.key !== key);
  // what was asked for and came out as something else is not asked for again
  const queue = others.length < state.queue.length ? others : state.queue.slice(1);
  // a whole run has its verdict; what can't be made again can't get through
  const isLook = fidelity < 1 && moves.length > 0 && moves.length <= 8 && scores !== null;
  const seen = isLook ? [...state.seen, { moves, key, mean: scores.mean }] : state.seen;
  const isOver = state.rung === 0 ? seen.length >= candidates : queue.length === 0;
  if (!isOver) return { ...state, queue, seen };
  if (state.rung + 1 >= rungs.length) return EMPTY;
  const best = seen.toSorted((a, b) => b.mean - a.mean).slice(0, Math.ceil(seen.length / 2));
  return best.length === 0 ? EMPTY : { rung: state.rung + 1, queue: best, seen: [] };
};
