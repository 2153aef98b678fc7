// @ts-check
/** Simulated annealing: early on a worse candidate may be the next parent, later only a better one (Kirkpatrick 1983). */
export const meta = { name: 'annealing', domain: 'combinatorial optimisation', params: { noises: 2 } };

export const init = () => null;

/** @type {Mechanism['propose']} */
export const propose = (c, state) => {
  const share = c.T > 0 ? Math.max(0, 1 - c.t / c.T) : 0;
  const acceptTemp = meta.params.noises * c.noise.sigma * share;
  return [{ acceptTemp, why: `${String(Math.round(100 * share))} % of the heat is left` }, state];
};

/** @type {Mechanism['observe']} */
export const observe = (_, state) => state;
