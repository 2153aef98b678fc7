// @ts-check
/**
 * Thompson sampling over operators (proposers, models), or over single moves where there is one operator: each is believed
 * in as Beta(1 + keeps, 1 + failures), and the best draw is taken (Thompson 1933). With `arms: 'knobs'` it leaves to the
 * proposer which way a knob is turned, which is for proposers that know the way: one that repeats its failures loses by it.
 */
export const meta = {
  name: 'thompson',
  domain: 'bandits',
  params: { memory: 200, step: 1, arms: 'moves' },
};

/** @typedef {{ [arm: string]: [kept: number, failed: number] }} State */

/** @type {Mechanism<State>['init']} */
export const init = () => ({});

/** More uniforms than a context brings: mulberry32 from one of its numbers. @type {(seed: number) => () => number} */
const uniforms = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

/** @type {(shape: number, next: () => number) => number} */
const gamma = (shape, next) => {
  let sum = 0;
  for (let i = 0; i < shape; i++) sum -= Math.log1p(-next());
  return sum;
};

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

/** @type {(move: Move) => string | null} */
const nameOf = (move) => ('step' in move ? `${move.knob}${move.step > 0 ? '+' : '-'}` : null);

/** @typedef {{ name: string, acts: Pick<Directive, 'operator' | 'move' | 'prefer'> }} Arm */

/** @type {(c: Context) => Arm[]} */
const armsOf = (c) => {
  if (c.operators.length > 1)
    return c.operators.map((operator) => ({ name: `by ${operator}`, acts: { operator } }));
  if (meta.params.arms === 'knobs')
    return c.space.map(({ id }) => ({ name: `of ${id}`, acts: { prefer: [{ p: { knob: id }, w: 1e6 }] } }));
  return c.space
    .flatMap((knob) => steps(knob, c.incumbent.config?.[knob.id]))
    .map((move) => ({ name: nameOf(move) ?? '', acts: { move: [move] } }));
};

/** @type {Mechanism<State>['propose']} */
export const propose = (c, state) => {
  const next = uniforms(c.rnd[0] ?? 0);
  const draws = armsOf(c).map((arm) => {
    const [kept, failed] = state[arm.name] ?? [0, 0];
    const hits = gamma(1 + kept, next);
    return { arm, draw: hits / (hits + gamma(1 + failed, next)) };
  });
  const [first, ...rest] = draws;
  if (first === undefined) return [{ why: 'there is nothing to choose from' }, state];
  const { arm } = rest.reduce((a, b) => (b.draw > a.draw ? b : a), first);
  return [{ ...arm.acts, why: `the draw of ${arm.name} was the best` }, state];
};

/** @type {Mechanism<State>['observe']} */
export const observe = ({ operator, moves, status }, state) => {
  const after = { ...state };
  const [move, ...more] = moves;
  const way = move === undefined || more.length > 0 ? null : nameOf(move);
  const knobs = moves.map(({ knob }) => `of ${knob}`);
  for (const arm of [`by ${operator}`, ...knobs, ...(way === null ? [] : [way])]) {
    const [kept, failed] = after[arm] ?? [0, 0];
    if (kept + failed === 0 && Object.keys(after).length >= 512) continue;
    const [k, f] = kept + failed >= meta.params.memory ? [kept >> 1, failed >> 1] : [kept, failed];
    after[arm] = status === 'keep' ? [k + 1, f] : [k, f + 1];
  }
  return after;
};
