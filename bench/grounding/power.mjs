/** P(keep) and mean pairs of each rule, by true effect in sd of a difference. */
import { studentQuantile } from '../../dist/domain/distributions/student-t.js';
import { keepStep, startTest } from '../../dist/domain/evidence/keep-step.js';
import { stream } from './normal.mjs';
import { row, share, SPEC_STREAMS } from './row.mjs';

const EFFECTS = [-1, 0, 0.5, 1, 2, 4];
const OPTIONS = { sd: 1, delta: 1, tau: 1, bound: 4 };

/** A rule on one candidate: draws differences, answers [kept, pairs]. */
const fixed = (n, keeps) => (draw) => {
  const d = Array.from({ length: n }, draw);
  return [keeps(d), n];
};

const sequential = (process, nmax) => (draw) => {
  const test = { process, options: OPTIONS, alpha: 0.05, beta: 0.2, nmax };
  let state = startTest(test);
  for (let pairs = 1; ; pairs++) {
    const step = keepStep(test, state, draw());
    if (step.decision !== 'more') return [step.decision === 'keep', pairs];
    state = step.state;
  }
};

const critical = studentQuantile(0.95, 4);
const pairedT = (d) => {
  const mean = d.reduce((sum, x) => sum + x, 0) / d.length;
  const variance = d.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (d.length - 1);
  return mean >= critical * Math.sqrt(variance / d.length);
};

/**
 * Assumed, as fits the mean pairs: the z and t tests end after 12 pairs, the bet (which needs more) after 40, and all
 * three share the z futility at .2; naive and floor compare one difference with 0 and 2 sd.
 */
const RULES = {
  naive: [20_000, fixed(1, ([d]) => d > 0)],
  'floor 2s': [20_000, fixed(1, ([d]) => d > 2)],
  'paired t n=5': [20_000, fixed(5, pairedT)],
  'sprt .05': [20_000, sequential('z', 12)],
  'e-t .05': [4_000, sequential('t', 12)],
  'e-bet B=4s': [10_000, sequential('bet', 40)],
};

const SPEC = {
  naive: [14.8, 1, 48.1, 1, 67.8, 1, 83.6, 1, 97.9, 1, 100, 1],
  'floor 2s': [0.1, 1, 2.1, 1, 6.5, 1, 14.8, 1, 48.1, 1, 97.9, 1],
  'paired t n=5': [0.1, 5, 4.7, 5, 23.1, 5, 58.4, 5, 97.4, 5, 100, 5],
  'sprt .05': [0.0, 1.7, 2.0, 4.1, 27.6, 6.7, 82.0, 6.0, 99.9, 2.7, 100, 1.3],
  'e-t .05': [0.0, 1.7, 1.9, 4.2, 17.9, 7.4, 64.5, 8.2, 99.7, 5.2, 100, 3.6],
  'e-bet B=4s': [0.0, 1.7, 0.0, 4.5, 18.1, 16.7, 88.0, 21.5, 99.9, 12.7, 100, 7.9],
};

const cell = (name, effect, at) => {
  const [streams, rule] = RULES[name];
  const { normal } = stream('power', name, effect);
  let [hits, sum, squares] = [0, 0, 0];
  for (let i = 0; i < streams; i++) {
    const [kept, pairs] = rule(() => effect + normal());
    if (kept) hits++;
    sum += pairs;
    squares += pairs * pairs;
  }
  const mean = sum / streams;
  const spread = Math.sqrt(Math.max(0, squares / streams - mean * mean));
  const where = { table: '1.2 P(keep) and mean pairs', row: name };
  return [
    share({ ...where, column: `d=${effect} keep %`, spec: SPEC[name][2 * at] }, hits, streams),
    row({
      ...where,
      column: `d=${effect} pairs`,
      spec: SPEC[name][2 * at + 1],
      measured: mean,
      se: spread / Math.sqrt(streams),
      specSe: spread / Math.sqrt(SPEC_STREAMS),
    }),
  ];
};

export const power = () =>
  Object.keys(RULES).flatMap((name) => EFFECTS.flatMap((effect, at) => cell(name, effect, at)));
