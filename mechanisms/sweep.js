// @ts-check
/** One at a time: every knob some steps up and down from the incumbent, what was never tried first, then the longest ago. */
export const meta = { name: 'sweep', domain: 'design of experiments', params: { step: 1 } };

/** @typedef {{ [key: string]: number }} State when each move was last tried */

/** @type {Mechanism<State>['init']} */
export const init = () => ({});

/** @type {(knob: Knob, from: KnobValue, step: number) => boolean} */
const can = ({ values, range }, from, step) => {
  if (values) return values.includes(from) && values[values.indexOf(from) + step] !== undefined;
  return typeof from === 'number' && (!range || (step > 0 ? from < range[1] : from > range[0]));
};

/** Towards an end as far as it goes. @type {(knob: Knob, from: KnobValue, step: number) => number} */
const reach = (knob, from, step) => {
  while (step !== 0 && !can(knob, from, step)) step -= Math.sign(step);
  return step;
};

/** @type {(knob: Knob, from: KnobValue | undefined) => Move[]} */
const neighbours = (knob, from) => {
  if (from === undefined) return [];
  if (knob.kind === 'choice') {
    return (knob.values ?? []).filter((one) => one !== from).map((to) => ({ knob: knob.id, to }));
  }
  const steps = [meta.params.step, -meta.params.step].map((step) => reach(knob, from, step));
  return steps.filter((step) => step !== 0).map((step) => ({ knob: knob.id, step }));
};

/** What a move tries, however far it gets. @type {(move: Move) => string} */
const nameOf = (move) =>
  'to' in move ? `${move.knob}=${String(move.to)}` : `${move.knob}${move.step > 0 ? '+' : '-'}`;

/** @type {Mechanism<State>['propose']} */
export const propose = (c, state) => {
  const moves = c.space.flatMap((knob) => neighbours(knob, c.incumbent.config?.[knob.id]));
  const waits = new Set(
    c.trials.filter(({ reason }) => reason === 'pending').flatMap(({ moves: made }) => made.map(nameOf)),
  );
  const when = (/** @type {Move} */ move) =>
    waits.has(nameOf(move)) ? Infinity : (state[nameOf(move)] ?? -1);
  const [first, ...rest] = moves;
  if (first === undefined) return [{ why: 'there is nothing to move' }, state];
  const move = rest.reduce((best, one) => (when(one) < when(best) ? one : best), first);
  return [{ move: [move], why: `${nameOf(move)} is the next of the sweep` }, state];
};

/** @type {Mechanism<State>['observe']} */
export const observe = ({ id, moves }, state) => {
  const [move, ...more] = moves;
  if (move === undefined || more.length > 0) return state;
  const name = nameOf(move);
  return name in state || Object.keys(state).length < 1024 ? { ...state, [name]: id } : state;
};
