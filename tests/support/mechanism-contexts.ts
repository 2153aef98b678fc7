import fc from 'fast-check';
import type { Elite, Knob, KnobValue, MechanismContext, Move, Trial } from '../../src/contract/mechanism.js';
import { applyMoves, type Config } from '../../src/domain/mechanism/apply-moves.js';
import { moveFault } from '../../src/domain/mechanism/check-move.js';
import { candidateKey } from '../../src/domain/mechanism/move-key.js';
import { random, type Random } from '../../src/domain/random.js';

const knobOf = (draw: Random, i: number): Knob => {
  const id = `k${String(i)}`;
  const group = i % 3 === 0 ? 'a' : 'b';
  switch (draw.int(5)) {
    case 0:
      return { id, kind: 'choice', values: ['x', 'y z', true], group };
    case 1:
      return { id, kind: 'integer', range: [1, 9] };
    case 2:
      return { id, kind: 'number', range: [1e-4, 1], group };
    case 3:
      return { id, kind: 'number' };
    default:
      return { id, kind: 'integer', values: [-3, -2, -1, 0, 1, 2, 3], group };
  }
};

const startOf = ({ kind, values, range }: Knob, draw: Random): KnobValue =>
  values === undefined
    ? kind === 'integer'
      ? 1 + draw.int(9)
      : (range?.[0] ?? draw.next())
    : draw.pick(values);

const moveOf = ({ id, kind, values }: Knob, draw: Random): Move =>
  kind === 'choice'
    ? { knob: id, to: draw.pick(values ?? ['x']) }
    : { knob: id, step: draw.pick([-2, -1, 1, 2]) };

const trialOf = (
  id: number,
  { space, parent, draw }: { space: readonly Knob[]; parent: Elite; draw: Random },
): Trial => {
  const knobs = [...new Set([draw.pick(space), ...(draw.int(3) === 0 ? [draw.pick(space)] : [])])];
  const config = parent.config ?? {};
  const moves = knobs
    .map((knob) => moveOf(knob, draw))
    .filter((one) => moveFault(one as never, { space, config }) === null);
  const crashed = draw.int(6) === 0;
  const mean = draw.next();
  return {
    id,
    parentId: parent.id,
    moves,
    key: candidateKey(moves),
    config: parent.config === null ? null : applyMoves(config, moves, space),
    operator: draw.pick(['model', 'mutate']),
    scores: crashed
      ? null
      : { mean, se: 0.02, n: 1, ...(draw.int(2) === 0 && { perTask: [mean, draw.next()] }) },
    dy: crashed ? null : mean - parent.mean,
    status: crashed ? 'crash' : draw.pick(['keep', 'revert', 'revert', 'revert', 'dup']),
    ...(draw.int(2) === 0 && { descriptor: [draw.next(), 1] }),
    fidelity: draw.pick([0.25, 1]),
    cost: 1,
  };
};

/** Contexts of loops of any length, over knobs of every kind, with crashes, text artifacts and histories that are empty. */
export const contextFrom = (
  seed: number,
  { n, knobs, text }: { n: number; knobs: number; text: boolean },
): MechanismContext => {
  const draw = random('contexts', seed);
  const space = text ? [] : Array.from({ length: knobs }, (_, i) => knobOf(draw, i));
  const config: Config = Object.fromEntries(space.map((knob) => [knob.id, startOf(knob, draw)]));
  let incumbent: Elite = { id: 0, config: text ? null : config, mean: 0.3 };
  const elites = [incumbent];
  const trials: Trial[] = [];
  for (let id = 1; id <= n; id++) {
    const trial: Trial = text
      ? {
          ...trialOf(id, { space: [{ id: 'x', kind: 'number' }], parent: incumbent, draw }),
          moves: [],
          key: `diff ${String(id)}`,
        }
      : trialOf(id, { space, parent: incumbent, draw });
    trials.push(trial);
    if (trial.status === 'keep') {
      incumbent = {
        id,
        config: trial.config,
        mean: trial.scores?.mean ?? 0,
        ...(trial.descriptor && { descriptor: trial.descriptor }),
      };
      elites.push(incumbent);
    }
  }
  return {
    t: n,
    T: Math.max(1, n + draw.int(30)),
    budgetLeft: draw.next(),
    space,
    incumbent: { id: incumbent.id, config: incumbent.config, mean: incumbent.mean, se: 0.02, n: 1 },
    trials: trials.slice(-200),
    elites: elites.slice(-64),
    noise: { sigma: draw.pick([0, 0.02]), rho: 0 },
    operators: draw.pick([['model'], ['model', 'mutate']]),
    rnd: Array.from({ length: 64 }, () => draw.next() * 2 ** 32),
    priorStats: {},
  };
};

export const anyContext: fc.Arbitrary<MechanismContext> = fc
  .record({
    seed: fc.integer({ min: 0, max: 1e6 }),
    n: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 40 }), fc.constant(260)),
    knobs: fc.integer({ min: 1, max: 40 }),
    text: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  })
  .map(({ seed, n, knobs, text }) => contextFrom(seed, { n, knobs, text }));
