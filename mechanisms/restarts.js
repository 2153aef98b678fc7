// @ts-check
/** Restarts: after so many failures the search begins again at the start and avoids the way that it went first. */
export const meta = { name: 'restarts', domain: 'stochastic search', params: { patience: 10, length: 5 } };

export const init = () => null;

/** @type {Mechanism['propose']} */
export const propose = (c, state) => {
  const { patience, length } = meta.params;
  const failures = c.trials.length - 1 - c.trials.findLastIndex(({ status }) => status === 'keep');
  const [start] = c.elites;
  if (start === undefined || start.id === c.incumbent.id || failures % (patience + length) < patience) {
    return [{ why: `${String(failures)} failures in a row` }, state];
  }
  const taken = new Set(c.trials.filter((one) => one.parentId === start.id).map(({ key }) => key));
  const forbid = [...taken].filter((key) => key !== '').map((key) => ({ key }));
  return [{ parent: start.id, forbid, why: `from the start after ${String(failures)} failures` }, state];
};

/** @type {Mechanism['observe']} */
export const observe = (_, state) => state;
