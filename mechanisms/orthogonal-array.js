// @ts-check
/**
 * Orthogonal array: all knobs move at once, by the signs of a Hadamard matrix, so that each row tells of every knob;
 * after the last row all knobs with a clear effect move together (Plackett & Burman 1946).
 */
export const meta = { name: 'orthogonal-array', domain: 'design of experiments', params: { most: 31 } };

/** @typedef {{ row: number, pending: string[], parent: number, seen: { signs: { [knob: string]: number }, dy: number }[] }} State */

/** @type {Mechanism<State>['init']} */
export const init = (c) => ({ row: 0, pending: [], parent: c.incumbent.id, seen: [] });

/** @type {(knob: Knob, from: KnobValue | undefined, step: number) => boolean} */
const can = ({ kind, values, range }, from, step) => {
  if (from === undefined || kind === 'choice') return false;
  if (values) return values.includes(from) && values[values.indexOf(from) + step] !== undefined;
  return typeof from === 'number' && (!range || (step > 0 ? from < range[1] : from > range[0]));
};

/** @type {(i: number, k: number) => number} */
const sign = (i, k) => {
  let odd = 0;
  for (let bits = i & k; bits > 0; bits &= bits - 1) odd ^= 1;
  return odd === 0 ? 1 : -1;
};

/** Knobs whose mean effect stands out of the noise. @type {(state: State, knobs: readonly Knob[], sigma: number) => { knob: string, step: number }[]} */
const clear = ({ seen }, knobs, sigma) => {
  const mean = seen.reduce((sum, { dy }) => sum + dy, 0) / seen.length;
  return knobs.flatMap(({ id }) => {
    const effect = seen.reduce((sum, { signs, dy }) => sum + (signs[id] ?? 0) * (dy - mean), 0) / seen.length;
    const isClear = Math.abs(effect) > (2 * sigma) / Math.sqrt(seen.length);
    return isClear ? [{ knob: id, step: effect > 0 ? 1 : -1 }] : [];
  });
};

/** @type {Mechanism<State>['propose']} */
export const propose = (c, before) => {
  // an array is about one incumbent
  const state = before.parent === c.incumbent.id ? before : init(c);
  const config = c.incumbent.config ?? {};
  const knobs = c.space.filter((knob) => can(knob, config[knob.id], 1) || can(knob, config[knob.id], -1));
  const used = knobs.slice(0, meta.params.most);
  const rows = 2 ** Math.ceil(Math.log2(used.length + 1));
  const signed =
    state.row < rows
      ? used.map(({ id }, k) => ({ knob: id, step: sign(state.row, k + 1) }))
      : clear(state, used, c.noise.sigma);
  const moves = signed.filter(({ knob, step }) => {
    const one = used.find(({ id }) => id === knob);
    return one !== undefined && can(one, config[knob], step);
  });
  if (moves.length === 0 || state.row > rows) return [{ why: 'the array says nothing more' }, state];
  const pending = moves.map(({ knob, step }) => `${knob}${step > 0 ? '+' : '-'}`);
  const why = state.row < rows ? `row ${String(state.row + 1)} of ${String(rows)}` : 'all clear effects';
  return [
    { move: moves, why },
    { ...state, row: state.row + 1, pending },
  ];
};

/** @type {Mechanism<State>['observe']} */
export const observe = ({ key, dy, moves }, state) => {
  if (dy === null || key !== [...state.pending].sort().join(' ') || state.seen.length >= 64) return state;
  const signs = Object.fromEntries(moves.map((move) => [move.knob, 'step' in move ? move.step : 0]));
  return { ...state, pending: [], seen: [...state.seen, { signs, dy }] };
};
