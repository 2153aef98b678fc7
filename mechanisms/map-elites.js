// @ts-check
/** MAP-Elites: an archive of the best of each cell; the next parent is one of them, whichever (Mouret & Clune 2015). */
export const meta = { name: 'map-elites', domain: 'evolutionary search', params: { bins: 4, explore: 0.5 } };

export const init = () => null;

/** @type {(knob: Knob, at: KnobValue | undefined) => number} */
const share = ({ values, range }, at) => {
  if (at === undefined) return 0;
  if (values) return Math.max(0, values.indexOf(at)) / Math.max(1, values.length - 1);
  return range && typeof at === 'number' ? (at - range[0]) / (range[1] - range[0] || 1) : 0;
};

/** Where an elite lies: as it was described, or by the first two knobs. @type {(elite: Elite, space: readonly Knob[]) => string} */
const cellOf = ({ descriptor, config }, space) => {
  const axes = descriptor ?? space.slice(0, 2).map((knob) => share(knob, config?.[knob.id]));
  return axes.map((one) => Math.min(meta.params.bins - 1, Math.floor(one * meta.params.bins))).join();
};

/** @type {Mechanism['propose']} */
export const propose = (c, state) => {
  /** @type {Map<string, Elite>} */
  const cells = new Map();
  for (const elite of c.elites) {
    const cell = cellOf(elite, c.space);
    const best = cells.get(cell);
    if (best === undefined || elite.mean > best.mean) cells.set(cell, elite);
  }
  const elites = [...cells.values()];
  const [explore = 0, which = 0] = c.rnd.map((one) => one / 2 ** 32);
  const parent = elites[Math.floor(which * elites.length)];
  if (parent === undefined || explore >= meta.params.explore) return [{ why: 'the incumbent it is' }, state];
  return [{ parent: parent.id, why: `one of ${String(elites.length)} cells` }, state];
};

/** @type {Mechanism['observe']} */
export const observe = (_, state) => state;
