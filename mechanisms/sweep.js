// @ts-check
/** One at a time: every knob one step up and one down from the incumbent, each once. */
export const meta = { name: 'sweep', domain: 'design of experiments', params: {} };

export const init = () => null;

/** @type {(knob: Knob, from: KnobValue, step: number) => boolean} */
const can = ({ values, range }, from, step) => {
  if (values) return values.includes(from) && values[values.indexOf(from) + step] !== undefined;
  return typeof from === 'number' && (!range || (step > 0 ? from < range[1] : from > range[0]));
};

/** @type {(knob: Knob, from: KnobValue | undefined) => Move[]} */
const neighbours = (knob, from) => {
  if (from === undefined) return [];
  if (knob.kind === 'choice') {
    return (knob.values ?? []).filter((one) => one !== from).map((to) => ({ knob: knob.id, to }));
  }
  return [1, -1].filter((step) => can(knob, from, step)).map((step) => ({ knob: knob.id, step }));
};

/** @type {(move: Move) => string} */
const keyOf = (move) =>
  'to' in move ? `${move.knob}=${String(move.to)}` : `${move.knob}${move.step > 0 ? '+' : '-'}`;

/** @type {Mechanism['propose']} */
export const propose = (c, state) => {
  const since = c.trials.slice(c.trials.findLastIndex(({ status }) => status === 'keep') + 1);
  const tried = new Set(since.map(({ key }) => key));
  const move = c.space
    .flatMap((knob) => neighbours(knob, c.incumbent.config?.[knob.id]))
    .find((one) => !tried.has(keyOf(one)));
  return move
    ? [{ move: [move], why: `${keyOf(move)} is the next of the sweep` }, state]
    : [{ why: 'the sweep is over' }, state];
};

/** @type {Mechanism['observe']} */
export const observe = (_, state) => state;
