// @ts-check
/** Novelty rejection: nothing twice from one incumbent; for a proposer that reads, the list is a hint too. */
export const meta = { name: 'novelty', domain: 'evolutionary search', params: {} };

export const init = () => null;

/** @type {Mechanism['propose']} */
export const propose = (c, state) => {
  const since = c.trials.slice(c.trials.findLastIndex(({ status }) => status === 'keep') + 1);
  const keys = [...new Set(since.map(({ key }) => key))].filter((key) => key !== '');
  if (keys.length === 0) return [{ why: 'nothing was tried from this incumbent' }, state];
  const hint = `Tried from here and no better: ${keys.join(', ')}`.slice(0, 280);
  const why = `${String(keys.length)} candidates were tried from this incumbent`;
  return [{ forbid: keys.slice(-256).map((key) => ({ key })), hint, why }, state];
};

/** @type {Mechanism['observe']} */
export const observe = (_, state) => state;
