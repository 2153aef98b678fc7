// @ts-check
/** Tabu list: what has just failed isn't tried again for a while (Glover 1986). */
export const meta = { name: 'tabu', domain: 'combinatorial optimisation', params: { length: 8 } };

export const init = () => null;

/** @type {Mechanism['propose']} */
export const propose = (c, state) => {
  const failed = c.trials.filter(({ status, key }) => status !== 'keep' && key !== '');
  const keys = new Set(failed.slice(-meta.params.length).map(({ key }) => key));
  const why = `${String(keys.size)} recent failures are tabu`;
  return [{ forbid: [...keys].map((key) => ({ key })), why }, state];
};

/** @type {Mechanism['observe']} */
export const observe = (_, state) => state;
