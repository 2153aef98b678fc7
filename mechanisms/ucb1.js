// @ts-check
/**
 * UCB1: of operators (proposers, models), or of single moves where there is one operator, the one whose keeps, given how
 * seldom it was tried, may be the best (Auer et al. 2002).
 */
export const meta = { name: 'ucb1', domain: 'bandits', params: { c: 0.5, step: 1 } };

/** @typedef {{ [arm: string]: [tried: number, kept: number] }} State */

/** @type {Mechanism<State>['init']} */
export const init = () => ({});

/** @type {(knob: Knob, from: KnobValue | undefined) => Move[]} */
const steps = ({ id, kind, values, range }, from) => {
  if (from === undefined || kind === 'choice') return [];
  /** @param {number} step */
  const can = (step) =>
    values
      ? values.includes(from) && values[values.indexOf(from) + step] !== undefined
      : typeof from === 'number' && (!range || (step > 0 ? from < range[1] : from > range[0]));
  /** @param {number} step */
  const reach = (step) => {
    while (step !== 0 && !can(step)) step -= Math.sign(step);
    return step;
  };
  const { step } = meta.params;
  return [reach(step), reach(-step)].filter((one) => one !== 0).map((one) => ({ knob: id, step: one }));
};

/** @typedef {{ name: string, acts: { operator: string } | { move: Move[] } }} Arm */

/** @type {(c: Context) => Arm[]} */
const armsOf = (c) =>
  c.operators.length > 1
    ? c.operators.map((operator) => ({ name: `by ${operator}`, acts: { operator } }))
    : c.space
        .flatMap((knob) => steps(knob, c.incumbent.config?.[knob.id]))
        .map((move) => {
          const isUp = 'step' in move && move.step > 0;
          return { name: `${move.knob}${isUp ? '+' : '-'}`, acts: { move: [move] } };
        });

/** @type {Mechanism<State>['propose']} */
export const propose = (c, state) => {
  const bound = (/** @type {Arm} */ { name }) => {
    const [tried, kept] = state[name] ?? [0, 0];
    return tried === 0 ? Infinity : kept / tried + meta.params.c * Math.sqrt(Math.log(c.t + 1) / tried);
  };
  const [first, ...rest] = armsOf(c);
  if (first === undefined) return [{ why: 'there is nothing to choose from' }, state];
  const best = rest.reduce((a, b) => (bound(b) > bound(a) ? b : a), first);
  return [{ ...best.acts, why: `${best.name} has the highest bound` }, state];
};

/** @type {Mechanism<State>['observe']} */
export const observe = ({ operator, status, moves }, state) => {
  const after = { ...state };
  const [move, ...more] = moves;
  const single = move !== undefined && more.length === 0 && 'step' in move;
  const way = single ? [`${move.knob}${move.step > 0 ? '+' : '-'}`] : [];
  for (const arm of [`by ${operator}`, ...way]) {
    const [tried, kept] = after[arm] ?? [0, 0];
    // arms that come after the first 512 are as good as never tried
    if (tried > 0 || Object.keys(after).length < 512) {
      after[arm] = [tried + 1, kept + (status === 'keep' ? 1 : 0)];
    }
  }
  return after;
};
