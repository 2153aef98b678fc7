/** sup over n <= 60 of each process under H0 "mean 0": how often evidence of 1/.05 is ever reached. */
import { studentQuantile } from '../../dist/domain/distributions/student-t.js';
import { EVIDENCE } from '../../dist/domain/evidence/evidence.js';
import { stream } from './normal.mjs';
import { share } from './row.mjs';

const N = 60;
const STREAMS = 20_000;
const LEVEL = Math.log(1 / 0.05);

/** Streams with their true sd; `z` is told it, bets on one sd, and `bet` trusts a bound of 4 sd. */
const SOURCES = {
  normal: { sd: 1, draw: ({ normal }) => normal() },
  '70 % exact zeros + normal': {
    sd: Math.sqrt(0.3),
    draw: ({ next, normal }) => (next() < 0.7 ? 0 : normal()),
  },
  '-1 w.p. .9, +9 w.p. .1': { sd: 3, draw: ({ next }) => (next() < 0.9 ? -1 : 9) },
  '+1 w.p. .9, -9 w.p. .1': { sd: 3, draw: ({ next }) => (next() < 0.9 ? 1 : -9) },
};

const SPEC = {
  t: [3.1, 0.0, 14.5, 75.5],
  z: [1.6, 4.4, 8.5, 0.0],
  bet: [0.0, 0.0, 0.0, 0.1],
  'peeking t-test': [27.5, 17.3, 5.6, 78.3],
};

/** logE of `t` rises with r = S / sqrt(sum d^2): the r at which it reaches the level, by n; solved once. */
const bars = Array.from({ length: N + 1 }, (_, n) => {
  const at = (r) => EVIDENCE.t.logE({ kind: 'sums', n, sum: r, squares: 1 }, {});
  if (n < 2 || at(Math.sqrt(n)) < LEVEL) return Number.POSITIVE_INFINITY;
  let [low, high] = [0, Math.sqrt(n)];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (at(middle) < LEVEL) low = middle;
    else high = middle;
  }
  return low;
});

const critical = Array.from({ length: N + 1 }, (_, n) => (n < 2 ? Infinity : studentQuantile(0.95, n - 1)));

const ever = (d, reached) => {
  for (let n = 1; n <= N; n++) if (reached(n, d[n - 1])) return true;
  return false;
};

/** Sums of one stream as it goes; `test` sees n, sum and sum of squares. */
const running = (test) => {
  let [sum, squares] = [0, 0];
  return (n, d) => {
    sum += d;
    squares += d * d;
    return test(n, sum, squares);
  };
};

const through = (process, options) => {
  let state = process.empty;
  return (_, d) => {
    state = process.add(state, d, options);
    return process.logE(state, options) >= LEVEL;
  };
};

/** A one-sided t-test at .05 after every pair from the third on; no spread and a gain counts as significant. */
const peeking = () =>
  running((n, sum, squares) => {
    if (n < 3) return false;
    const mean = sum / n;
    const variance = (squares - n * mean * mean) / (n - 1);
    return variance < 1e-9 ? mean > 0 : mean / Math.sqrt(variance / n) >= critical[n];
  });

export const suprema = () =>
  Object.entries(SOURCES).flatMap(([name, { sd, draw }], source) => {
    const random = stream('suprema', name);
    const options = { sd, delta: sd, tau: sd, bound: 4 * sd };
    const hits = { t: 0, z: 0, bet: 0, 'peeking t-test': 0 };
    const d = new Float64Array(N);
    for (let i = 0; i < STREAMS; i++) {
      for (let n = 0; n < N; n++) d[n] = draw(random);
      const byT = running((n, sum, squares) => squares > 0 && sum >= bars[n] * Math.sqrt(squares));
      if (ever(d, byT)) hits.t++;
      if (ever(d, through(EVIDENCE.z, options))) hits.z++;
      if (ever(d, through(EVIDENCE.bet, options))) hits.bet++;
      if (ever(d, peeking())) hits['peeking t-test']++;
    }
    return Object.keys(hits).map((column) =>
      share(
        { table: '1.1 sup over n <= 60, % of null streams', row: name, column, spec: SPEC[column][source] },
        hits[column],
        STREAMS,
      ),
    );
  });
