// @ts-check
/**
 * UCB1: of operators (proposers, models), or of single moves where there is one operator, the one whose keeps, given how
 * seldom it was tried, may be the best (Auer et al. 2002).
 */
export const meta = { name: 'ucb1', domain: 'bandits', params: { c: 0.5 } };

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
  return [1, -1].filter(can).map((step) => ({ knob: id, step }));
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
export const observe = ({ operator, key, status, moves }, state) => {
  const after = { ...state };
  for (const arm of moves.length === 1 ? [`by ${operator}`, key] : [`by ${operator}`]) {
    const [tried, kept] = after[arm] ?? [0, 0];
    // arms that come after the first 512 are as good as never tried
    if (tried > 0 || Object.keys(after).length < 512) {
      after[arm] = [tried + 1, kept + (status === 'keep' ? 1 : 0)];
    }
  }
  return after;
};
