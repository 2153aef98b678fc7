// @ts-check
/** Sign flip: a step that made things worse says which way to go instead. */
export const meta = { name: 'sign-flip', domain: 'pattern search', params: {} };

export const init = () => null;

/** @type {(knob: Knob | undefined, from: KnobValue | undefined, step: number) => boolean} */
const can = (knob, from, step) => {
  if (knob === undefined || from === undefined || knob.kind === 'choice') return false;
  const { values, range } = knob;
  if (values) return values.includes(from) && values[values.indexOf(from) + step] !== undefined;
  return typeof from === 'number' && (!range || (step > 0 ? from < range[1] : from > range[0]));
};

/** @type {Mechanism['propose']} */
export const propose = (c, state) => {
  const last = c.trials.at(-1);
  const [failed, ...more] = last?.status === 'revert' || last?.status === 'crash' ? last.moves : [];
  if (failed === undefined || more.length > 0 || !('step' in failed)) {
    return [{ why: 'no single step has just failed' }, state];
  }
  const step = failed.step > 0 ? -1 : 1;
  const knob = c.space.find(({ id }) => id === failed.knob);
  const key = `${failed.knob}${step > 0 ? '+' : '-'}`;
  const since = c.trials.slice(c.trials.findLastIndex(({ status }) => status === 'keep') + 1);
  if (!can(knob, c.incumbent.config?.[failed.knob], step) || since.some((one) => one.key === key)) {
    return [{ why: `${key} can't be made, or was tried` }, state];
  }
  return [{ move: [{ knob: failed.knob, step }], why: `${failed.knob} was worse the other way` }, state];
};

/** @type {Mechanism['observe']} */
export const observe = (_, state) => state;
