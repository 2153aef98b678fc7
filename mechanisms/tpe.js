// @ts-check
/** Tree-structured Parzen estimator: settings that are common among the good and rare among the rest (Bergstra 2011). */
export const meta = {
  name: 'tpe',
  domain: 'Bayesian optimisation',
  params: { gamma: 0.25, draws: 24, least: 10, grid: 8 },
};

export const init = () => null;

/** @type {(seed: number) => () => number} */
const uniforms = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

/** A knob's settings; of a range a grid. @type {(knob: Knob) => readonly KnobValue[]} */
const settings = ({ kind, values, range }) => {
  if (values || !range) return values ?? [];
  const { grid } = meta.params;
  const points = Array.from({ length: grid }, (_, i) => range[0] + ((range[1] - range[0]) * i) / (grid - 1));
  return [...new Set(kind === 'integer' ? points.map(Math.round) : points)].filter(
    (one) => one >= range[0] && one <= range[1],
  );
};

/** @type {(list: readonly KnobValue[], at: KnobValue | undefined) => number} */
const nearest = (list, at) => {
  if (typeof at !== 'number' || list.some((one) => typeof one !== 'number')) return list.indexOf(at ?? '');
  const distances = list.map((one) => Math.abs(Number(one) - at));
  return distances.indexOf(Math.min(...distances));
};

/** Smoothed shares of each setting. @type {(list: readonly KnobValue[], knob: string, trials: readonly Trial[]) => number[]} */
const shares = (list, knob, trials) => {
  const counts = list.map(() => 1);
  for (const { config } of trials) {
    const at = nearest(list, config?.[knob]);
    if (at >= 0) counts[at] = (counts[at] ?? 0) + 1;
  }
  const total = counts.reduce((sum, one) => sum + one, 0);
  return counts.map((one) => one / total);
};

/** @type {(weights: readonly number[], draw: number) => number} */
const drawn = (weights, draw) => {
  const at = weights.findIndex((one) => (draw -= one) < 0);
  return at < 0 ? weights.length - 1 : at;
};

/** @type {Mechanism['propose']} */
export const propose = (c, state) => {
  const scored = c.trials.filter(({ scores, config }) => scores !== null && config !== null);
  const { config } = c.incumbent;
  if (scored.length < meta.params.least || config === null) return [{ why: 'too few trials' }, state];
  const ranked = [...scored].sort((a, b) => (b.scores?.mean ?? 0) - (a.scores?.mean ?? 0) || a.id - b.id);
  const split = Math.ceil(meta.params.gamma * ranked.length);
  const knobs = c.space.flatMap((knob) => {
    const list = settings(knob);
    if (list.length < 2 || config[knob.id] === undefined) return [];
    const good = shares(list, knob.id, ranked.slice(0, split));
    return [{ id: knob.id, list, good, rest: shares(list, knob.id, ranked.slice(split)) }];
  });
  const next = uniforms(c.rnd[0] ?? 0);
  const draws = Array.from({ length: meta.params.draws }, () => {
    const picks = knobs.map(({ good }) => drawn(good, next()));
    const ratio = knobs.reduce((sum, { good, rest }, i) => {
      const at = picks[i] ?? 0;
      return sum + Math.log((good[at] ?? 1) / (rest[at] ?? 1));
    }, 0);
    return { picks, ratio };
  });
  const best = draws.reduce((a, b) => (b.ratio > a.ratio ? b : a));
  const move = knobs.flatMap(({ id, list }, i) => {
    const to = list[best.picks[i] ?? 0];
    return to === undefined || to === config[id] ? [] : [{ knob: id, to }];
  });
  if (move.length === 0) return [{ why: 'the incumbent is the likeliest' }, state];
  return [{ move: move.slice(0, 32), why: `log ratio ${best.ratio.toFixed(2)}` }, state];
};

/** @type {Mechanism['observe']} */
export const observe = (_, state) => state;
