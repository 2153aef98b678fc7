import { writeFileSync } from 'node:fs';
import { inRoot } from './setup/root.mjs';
import { setupOrExit } from './setup.mjs';

/**
 * Records the loops that gate G6 asks mechanisms about: src/mechanism-host/stuck-traces.json. A proposer with a fixed taste, which
 * hardly learns from failure, turns knobs that were good for two small wins and then goes on turning them.
 */
await setupOrExit();
const { random, pickWeighted } = await import('../dist/domain/random.js');
const { applyMoves } = await import('../dist/domain/mechanism/apply-moves.js');
const { candidateKey, moveKey } = await import('../dist/domain/mechanism/move-key.js');

const TRIALS = 20;
const INSTANCES = 4;
const SIGMA = 0.02;
/** What a change does to one instance is not what it does to another: there is a front to choose parents from. */
const SPREAD = 0.2;

const GRID = Array.from({ length: 12 }, (_, i) => ({
  id: `k${i}`,
  kind: 'integer',
  values: [-3, -2, -1, 0, 1, 2, 3],
  group: i < 6 ? 'left' : 'right',
}));
const MIXED = [
  { id: 'train.py:lr', kind: 'number', range: [1e-5, 1], group: 'train.py' },
  { id: 'train.py:decay', kind: 'number', range: [0, 0.5], group: 'train.py' },
  { id: 'train.py:depth', kind: 'integer', range: [1, 12], group: 'train.py' },
  { id: 'train.py:batch', kind: 'integer', values: [16, 32, 64, 128], group: 'train.py' },
  { id: 'act', kind: 'choice', values: ['relu', 'gelu', 'tanh'] },
  { id: 'norm', kind: 'choice', values: [true, false] },
];

/** Name, knobs, how many wins there are before it is stuck, and what becomes of the moves that it likes best. */
const LOOPS = [
  { name: 'lever', space: GRID, wins: 1, crashes: 0 },
  { name: 'late', space: GRID, wins: 4, crashes: 0 },
  { name: 'crash', space: GRID, wins: 2, crashes: 0.5 },
  { name: 'mixed', space: MIXED, wins: 2, crashes: 0.1 },
  { name: 'noisy', space: GRID, wins: 3, crashes: 0.1 },
];

const movesOf = ({ id, kind, values }) =>
  kind === 'choice'
    ? values.map((to) => ({ knob: id, to }))
    : [
        { knob: id, step: 1 },
        { knob: id, step: -1 },
      ];

const startOf = ({ values, range, kind, id }) => {
  const middle = values ? values[Math.floor((values.length - 1) / 2)] : (range[0] + range[1]) / 2;
  return [id, kind === 'integer' ? Math.round(middle) : middle];
};

const rounded = (value) => Number(value.toFixed(4));

function record({ name, space, wins, crashes }) {
  const draw = random('stuck', name);
  const liked = space.flatMap(movesOf).map((move) => ({ move, weight: Math.exp(5 * draw.next()) }));
  const start = { id: 0, config: Object.fromEntries(space.map(startOf)), mean: 0.2, se: 0.01, n: 3 };
  let incumbent = { ...start, perTask: Array.from({ length: INSTANCES }, () => 0.2) };
  const trials = [];
  let kept = 0;
  while (trials.length < TRIALS) {
    const { move } = pickWeighted(draw.next(), liked);
    const config = applyMoves(incumbent.config, [move], space);
    if (config[move.knob] === incumbent.config[move.knob]) continue;
    const seen = trials.some(
      (one) => one.parentId === incumbent.id && one.status !== 'crash' && one.key === moveKey(move),
    );
    const dead = draw.next() < crashes;
    const wanted = kept < wins && !seen && !dead && draw.next() < 0.5;
    const gain = wanted ? 0.04 + 0.02 * draw.next() : -0.12 * draw.next();
    const perTask = incumbent.perTask.map((one) => rounded(one + gain + SPREAD * (draw.next() - 0.5)));
    const mean = rounded(perTask.reduce((sum, one) => sum + one, 0) / INSTANCES);
    const win = wanted && mean > incumbent.mean;
    const trial = {
      id: trials.length + 1,
      parentId: incumbent.id,
      moves: [move],
      key: candidateKey([move]),
      config,
      operator: draw.pick(['mutate', 'model']),
      scores: dead ? null : { mean, se: SIGMA / 2, n: INSTANCES, perTask },
      dy: dead ? null : rounded(mean - incumbent.mean),
      status: dead ? 'crash' : win ? 'keep' : 'revert',
      descriptor: [rounded(draw.next()), rounded(draw.next())],
      fidelity: 1,
      cost: rounded(1 + draw.next()),
      ...(dead && { reason: 'timeout' }),
    };
    trials.push(trial);
    if (!win) continue;
    kept += 1;
    incumbent = { id: trial.id, config, mean, perTask };
  }
  const operators = ['mutate', 'model'];
  return {
    name,
    start: { T: 30, space, incumbent: start, noise: { sigma: SIGMA, rho: 0.3 }, operators },
    trials,
  };
}

const traces = LOOPS.map(record);
const file = inRoot('src', 'mechanism-host', 'stuck-traces.json');
writeFileSync(file, `${JSON.stringify(traces)}\n`);
console.log(`${traces.length} loops, ${traces.length * TRIALS} probes`);
