// @ts-check
/** Pairs: two changes that each missed narrowly are made together; what they do may hang on one another. */
export const meta = { name: 'pairs', domain: 'design of experiments', params: { noises: 3 } };

export const init = () => null;

/** @type {(knob: Knob | undefined, from: KnobValue | undefined, move: Move) => boolean} */
const can = (knob, from, move) => {
  if (knob === undefined || from === undefined) return false;
  const { kind, values, range } = knob;
  if ('to' in move) return move.to !== from && (values ? values.includes(move.to) : kind === 'choice');
  if (kind === 'choice') return false;
  if (values) return values.includes(from) && values[values.indexOf(from) + move.step] !== undefined;
  return typeof from === 'number' && (!range || (move.step > 0 ? from < range[1] : from > range[0]));
};

/** @type {Mechanism['propose']} */
export const propose = (c, state) => {
  const since = c.trials.slice(c.trials.findLastIndex(({ status }) => status === 'keep') + 1);
  const tried = new Set(since.map(({ key }) => key));
  const near = since
    .filter(({ dy, moves }) => dy !== null && dy > -meta.params.noises * c.noise.sigma && moves.length === 1)
    .filter(({ moves: [move] }) => {
      const knob = c.space.find(({ id }) => id === move?.knob);
      return move !== undefined && can(knob, c.incumbent.config?.[move.knob], move);
    })
    .sort((a, b) => (b.dy ?? 0) - (a.dy ?? 0) || a.id - b.id)
    .slice(0, 16);
  const pairs = near.flatMap((a, i) => near.slice(i + 1).map((b) => ({ a, b })));
  const fresh = pairs.find(({ a, b }) => {
    const key = [a.key, b.key].sort().join(' ');
    return a.moves[0]?.knob !== b.moves[0]?.knob && !tried.has(key);
  });
  if (fresh === undefined) return [{ why: 'no two changes missed narrowly' }, state];
  const move = [...fresh.a.moves, ...fresh.b.moves];
  return [{ move, why: `${fresh.a.key} and ${fresh.b.key} each missed narrowly` }, state];
};

/** @type {Mechanism['observe']} */
export const observe = (_, state) => state;
