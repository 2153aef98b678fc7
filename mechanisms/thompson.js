// @ts-check
/**
 * Thompson sampling over operators, or over knobs where there is one operator: each is believed in as
 * Beta(1 + keeps, 1 + failures), and the best draw is taken (Thompson 1933).
 */
export const meta = { name: 'thompson', domain: 'bandits', params: { memory: 200 } };

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

/** @type {Mechanism<State>['propose']} */
export const propose = (c, state) => {
  const next = uniforms(c.rnd[0] ?? 0);
  const isOne = c.operators.length < 2;
  const arms = isOne ? c.space.map(({ id }) => `of ${id}`) : c.operators.map((one) => `by ${one}`);
  const draws = arms.map((arm) => {
    const [kept, failed] = state[arm] ?? [0, 0];
    const hits = gamma(1 + kept, next);
    return { arm, draw: hits / (hits + gamma(1 + failed, next)) };
  });
  const [first, ...rest] = draws;
  if (first === undefined) return [{ why: 'there is nothing to choose from' }, state];
  const { arm } = rest.reduce((a, b) => (b.draw > a.draw ? b : a), first);
  const why = `the draw ${arm} was the best`;
  const name = arm.slice(3);
  return [isOne ? { prefer: [{ p: { knob: name }, w: 1e6 }], why } : { operator: name, why }, state];
};

/** @type {Mechanism<State>['observe']} */
export const observe = ({ operator, moves, status }, state) => {
  const after = { ...state };
  for (const arm of [`by ${operator}`, ...moves.map(({ knob }) => `of ${knob}`)]) {
    const [kept, failed] = after[arm] ?? [0, 0];
    if (kept + failed === 0 && Object.keys(after).length >= 512) continue;
    const [k, f] = kept + failed >= meta.params.memory ? [kept >> 1, failed >> 1] : [kept, failed];
    after[arm] = status === 'keep' ? [k + 1, f] : [k, f + 1];
  }
  return after;
};
