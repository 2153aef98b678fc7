import type { Knob, KnobValue, Move, Trial, TrialStatus } from '../../contract/mechanism.js';
import { applyMoves, type Config } from '../mechanism/apply-moves.js';
import { candidateKey } from '../mechanism/move-key.js';
import { type Random, random } from '../random.js';
import type { Start, Trace } from './loop-so-far.js';

/** A loop that nobody ran: the corners of what a mechanism may be told. */
export interface MadeUp {
  name: string;
  space: readonly Knob[];
  trials: number;
  T?: number;
  /** knobs don't describe the artifact */
  text?: boolean;
  /** every trial ends like this */
  status?: TrialStatus;
  /** scores by instance, and descriptors */
  instances?: number;
  sigma?: number;
  operators?: readonly string[];
}

const LEVELS = [-3, -2, -1, 0, 1, 2, 3];
const grid = (knobs: number): Knob[] =>
  Array.from({ length: knobs }, (_, i) => ({
    id: `k${String(i)}`,
    kind: 'integer',
    values: LEVELS,
    group: i % 2 === 0 ? 'even' : 'odd',
  }));

const MIXED: readonly Knob[] = [
  { id: 'train.py:lr', kind: 'number', range: [1e-5, 1], group: 'train.py' },
  { id: 'train.py:depth', kind: 'integer', range: [1, 12], group: 'train.py' },
  { id: 'train.py:shift', kind: 'number' },
  { id: 'act', kind: 'choice', values: ['relu', 'gelu', 'leaky relu'] },
  { id: 'norm', kind: 'choice', values: [true, false] },
];

const ONE: readonly Knob[] = [{ id: 'only', kind: 'number', values: [0, 1] }];

export const MADE_UP_LOOPS: readonly MadeUp[] = [
  { name: 'an empty history', space: grid(12), trials: 0 },
  { name: 'T = 1', space: grid(12), trials: 0, T: 1 },
  { name: 'one trial', space: grid(12), trials: 1 },
  { name: 'twelve trials', space: grid(12), trials: 12 },
  { name: 'knobs of all kinds', space: MIXED, trials: 14 },
  { name: 'nothing but crashes', space: MIXED, trials: 9, status: 'crash' },
  { name: 'nothing but duplicates', space: grid(4), trials: 9, status: 'dup' },
  { name: 'nothing but keeps', space: grid(6), trials: 9, status: 'keep' },
  { name: 'an artifact of text, with knobs', space: MIXED, trials: 8, text: true },
  { name: 'an artifact of text, without knobs', space: [], trials: 8, text: true },
  { name: 'one knob', space: ONE, trials: 8 },
  { name: 'scores by instance', space: grid(12), trials: 20, instances: 4 },
  { name: 'no noise, no operators', space: grid(3), trials: 10, sigma: 0, operators: [] },
  { name: 'a full window', space: grid(24), trials: 200, T: 400, instances: 3 },
];

const movesOf = (draw: Random, space: readonly Knob[], config: Config): Move[] => {
  if (space.length === 0) return [];
  const knob = draw.pick(space);
  const others = (knob.values ?? []).filter((one) => one !== config[knob.id]);
  if (knob.kind !== 'choice') {
    const up: Move = { knob: knob.id, step: 1 };
    const moved = applyMoves(config, [up], space)[knob.id] !== config[knob.id];
    return [moved ? up : { knob: knob.id, step: -1 }];
  }
  return others.length === 0 ? [] : [{ knob: knob.id, to: draw.pick(others) }];
};

const begin = ({ id, values, range, kind }: Knob): [string, KnobValue] => {
  const middle = values?.[Math.floor(values.length / 2)];
  if (middle !== undefined) return [id, middle];
  const [low, high] = range ?? [0, 1];
  return [id, kind === 'integer' ? Math.round((low + high) / 2) : (low + high) / 2];
};

export const startOf = (made: MadeUp): Start => ({
  T: made.T ?? 30,
  space: made.space,
  incumbent: {
    id: 0,
    config: made.text === true ? null : Object.fromEntries(made.space.map(begin)),
    mean: 0.2,
    se: 0.01,
    n: 3,
  },
  noise: { sigma: made.sigma ?? 0.02, rho: 0.3 },
  operators: made.operators ?? ['mutate', 'model'],
});

const statusOf = (draw: Random): TrialStatus => {
  const lot = draw.next();
  return lot < 0.15 ? 'keep' : lot < 0.25 ? 'crash' : lot < 0.3 ? 'dup' : 'revert';
};

/** The next trial of a made-up loop: what a directive asked for, or a move by lot. */
export const madeUpTrial = (
  made: MadeUp,
  before: readonly Trial[],
  asked: { moves?: readonly Move[] | undefined; seed: number },
): Trial => {
  const draw = random('made-up', made.name, asked.seed, before.length);
  const start = startOf(made);
  const parent = before.findLast(({ status }) => status === 'keep');
  const config = (parent ?? start.incumbent).config ?? {};
  const moves = asked.moves ?? movesOf(draw, made.space, config);
  const status = made.status ?? statusOf(draw);
  const dead = status === 'crash' || status === 'dup';
  const gain = status === 'keep' ? 0.03 : -0.1 * draw.next();
  const mean = (parent?.scores?.mean ?? start.incumbent.mean) + gain;
  const perTask = Array.from({ length: made.instances ?? 0 }, () => mean + 0.1 * (draw.next() - 0.5));
  return {
    id: before.length + 1,
    parentId: parent?.id ?? 0,
    moves,
    key: candidateKey(moves),
    config: made.text === true ? null : applyMoves(config, moves, made.space),
    operator: made.operators?.length === 0 ? 'mutate' : draw.pick(['mutate', 'model']),
    scores: dead ? null : { mean, se: 0.01, n: 1, ...(perTask.length > 0 && { perTask }) },
    dy: dead ? null : gain,
    status,
    ...(made.instances !== undefined && { descriptor: [draw.next(), draw.next()] }),
    fidelity: 1,
    cost: 1 + draw.next(),
    ...(status === 'crash' && { reason: draw.pick(['timeout', 'failed', 'out_of_memory']) }),
  };
};

export const madeUpTrace = (made: MadeUp, seed: number): Trace => {
  const trials: Trial[] = [];
  while (trials.length < made.trials) trials.push(madeUpTrial(made, trials, { seed }));
  return { name: made.name, start: startOf(made), trials };
};
