// @ts-check
/** Line search: a step that was kept is repeated, twice as long each time, half as long after a failure. */
export const meta = { name: 'line-search', domain: 'numerical optimisation', params: {} };

/** @typedef {{ knob: string, step: number } | null} State */

export const init = () => null;

/** @type {(knob: Knob, from: KnobValue, step: number) => boolean} */
const can = ({ kind, values, range }, from, step) => {
  if (kind === 'choice') return false;
  if (values) return values.includes(from) && values[values.indexOf(from) + step] !== undefined;
  return typeof from === 'number' && (!range || (step > 0 ? from < range[1] : from > range[0]));
};

/** @type {Mechanism<State>['propose']} */
export const propose = (c, state) => {
  const knob = c.space.find(({ id }) => id === state?.knob);
  const from = knob && c.incumbent.config?.[knob.id];
  if (!state || !knob || from === undefined) return [{ why: 'no step was kept lately' }, null];
  let { step } = state;
  while (step !== 0 && !can(knob, from, step)) step = Math.trunc(step / 2);
  if (step === 0) return [{ why: `${knob.id} is at its end` }, null];
  return [
    { move: [{ knob: knob.id, step }], why: `${knob.id} was worth moving` },
    { knob: knob.id, step },
  ];
};

/** @type {Mechanism<State>['observe']} */
export const observe = ({ status, moves }, state) => {
  const [move, ...more] = moves;
  const steps = move !== undefined && more.length === 0 && 'step' in move ? move : null;
  if (status === 'keep') {
    return steps && { knob: steps.knob, step: Math.max(-64, Math.min(64, steps.step * 2)) };
  }
  const half = Math.trunc((state?.step ?? 0) / 2);
  return state && half !== 0 && steps?.knob === state.knob ? { knob: state.knob, step: half } : null;
};
