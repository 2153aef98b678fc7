/**
 * How often a promotion test keeps a branch that is no better, and one that is, where the noise that was planned with is
 * right and where it isn't: `z` alone, and `z` with `t` standing by. `node bench/spread.mjs [streams]`
 */
import { guardedStep } from '../dist/domain/evidence/guarded-step.js';
import { keepStep, startTest } from '../dist/domain/evidence/keep-step.js';
import { random } from '../dist/domain/random.js';

const STREAMS = Number(process.argv[2] ?? 10_000);
const NONE = { squares: 0, df: 0 };

const drawsOf = (name, stream) => {
  const { next } = random('spread', name, stream);
  const normal = () => Math.sqrt(-2 * Math.log1p(-next())) * Math.cos(2 * Math.PI * next());
  const student = (df) => {
    let squares = 0;
    for (let i = 0; i < df; i++) squares += normal() ** 2;
    return normal() / Math.sqrt(squares / df);
  };
  return { normal, student };
};

const sdOf = (values) => {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  return Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (values.length - 1));
};

/** Two arms of one metric, planned with what ten runs of it scattered by. */
const measured = (run) => (draws) => {
  const sd = Math.SQRT2 * sdOf(Array.from({ length: 10 }, () => run(draws)));
  return { sd, pair: () => run(draws) - run(draws) };
};

const times =
  (factor, gain = 0) =>
  ({ normal }) => ({ sd: 1, pair: () => gain + factor * normal() });

const WORLDS = {
  'normal, sd right': times(1),
  'normal, sd from 10 runs': measured(({ normal }) => normal()),
  'normal, sd 1.3 times too small': times(1.3),
  'normal, sd 1.8 times too small': times(1.8),
  'normal, sd 2 times too small': times(2),
  'normal, sd 3 times too small': times(3),
  'normal, sd 10 times too small': times(10),
  '.02 N/|N|, sd from 10 runs': measured(({ normal }) => (0.02 * normal()) / Math.abs(normal())),
  't with 2 df, sd from 10 runs': measured(({ student }) => student(2)),
  't with 3 df, sd from 10 runs': measured(({ student }) => student(3)),
  'power: sd right, gain .5 sd': times(1, 0.5),
  'power: sd right, gain 1 sd': times(1, 1),
  'power: sd right, gain 2 sd': times(1, 2),
};

const play = (step, { sd, pair }, looksFor) => {
  const options = { sd, delta: looksFor * sd, tau: looksFor * sd, bound: 4 * sd };
  const test = { process: 'z', options, before: NONE, alpha: 0.05, beta: 0.2, nmax: 40 };
  let now = { state: startTest(test), decision: 'more' };
  while (now.decision === 'more') now = step(test, now.state, pair());
  return { kept: now.decision === 'keep', pairs: now.state.sums.n };
};

const cell = (name, step, looksFor) => {
  let [kept, pairs] = [0, 0];
  for (let stream = 0; stream < STREAMS; stream++) {
    const one = play(step, WORLDS[name](drawsOf(name, stream)), looksFor);
    kept += one.kept ? 1 : 0;
    pairs += one.pairs;
  }
  return `${((100 * kept) / STREAMS).toFixed(1)} % (${(pairs / STREAMS).toFixed(1)})`;
};

const EFFECTS = [0.5, 1, 2];
console.log(`kept (mean pairs), ${String(STREAMS)} tests each; columns: the gain looked for, in planned sd`);
console.log(`| differences | ${EFFECTS.map((d) => `z, ${String(d)} | with t, ${String(d)}`).join(' | ')} |`);
for (const name of Object.keys(WORLDS)) {
  const cells = EFFECTS.flatMap((d) => [cell(name, keepStep, d), cell(name, guardedStep, d)]);
  console.log(`| ${name} | ${cells.join(' | ')} |`);
}
