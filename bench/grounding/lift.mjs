/** Tables of section 3: what a lift verdict says, where towers stop, what the commuting squares measure. */
import { budgetSquareHolds, claimSquare } from '../../dist/domain/lift/commuting.js';
import { liftRun } from '../../dist/domain/lift/lift-run.js';
import { rent } from '../../dist/domain/lift/rent.js';
import { average, percent, position, times } from './draws.mjs';
import { stream } from './normal.mjs';
import { row } from './row.mjs';

const RUNS = 1500;
const SPEC_RUNS = 500;
const COUNTS = { runs: RUNS, specRuns: SPEC_RUNS };
const TASKS = 60;
const SD = 0.15;

const shifted =
  (effect) =>
  ({ normal }) =>
    effect + SD * normal();

/**
 * Where the specification gives an effect it gives the sd, 0.15; for the two mixtures it doesn't. All rules agree with
 * it at sd 0.10 (jackpot) and 0.03 (trap), and clearly disagree at 0.15. Each lift is judged after every task; the median
 * counts a lift that stays undecided with all 60.
 */
const EFFECTS = {
  'null 0': { draw: shifted(0), spec: { t: 0.8, bet: 0, sign: 0.6, 't+tail': 0 } },
  'effect = eps': { draw: shifted(0.02), spec: { t: 2.6, bet: 0, sign: 2.2, 't+tail': 0.4 } },
  0.05: { draw: shifted(0.05), spec: { t: 16.6, bet: 0, sign: 14.2, 't+tail': 12.8 } },
  '.10': { draw: shifted(0.1), spec: { t: 89.6, bet: 23.2, sign: 71.6, 't+tail': 88.6 }, median: 27 },
  0.25: { draw: shifted(0.25), spec: { t: 100, bet: 100, sign: 100, 't+tail': 100 }, median: 7 },
  jackpot: {
    draw: ({ next, normal }) => (next() < 2 / 3 ? 0.3 : 0) + 0.1 * normal(),
    spec: { t: 100, bet: 100, sign: 98.2, 't+tail': 100 },
    median: 11,
  },
  trap: {
    draw: ({ next, normal }) => (next() < 0.07 ? -0.8 : 0.05 + 0.03 * normal()),
    spec: { t: 44.6, bet: 0, sign: 97.4, 't+tail': 10.8 },
  },
};

const runsOf = (name, draw, rule) => {
  const draws = stream('3.3', name);
  return times(RUNS, () =>
    liftRun(
      times(TASKS, () => draw(draws)),
      { rule },
    ),
  );
};

const harm = () => {
  const runs = runsOf('harm', shifted(-0.08), 't');
  return Object.entries({ pays: 0, flat: 91, harmful: 7 }).map(([column, spec]) => {
    const hits = runs.filter(({ verdict }) => verdict === column).length;
    return percent(
      { table: '3.3 lift verdicts, %', row: 'harm -.08, t', column, spec },
      hits,
      COUNTS,
    );
  });
};

const verdicts = () => {
  const rows = Object.entries(EFFECTS).flatMap(([name, { draw, spec, median }]) =>
    Object.entries(spec).flatMap(([rule, share]) => {
      const at = { table: '3.3 lift verdicts, %', row: name, column: `pays by ${rule}`, spec: share };
      const runs = runsOf(name, draw, rule);
      const paid = runs.filter(({ verdict }) => verdict === 'pays');
      const pays = percent(at, paid.length, COUNTS);
      if (rule !== 't' || median === undefined) return [pays];
      const needed = runs.map(({ n }) => n);
      return [
        pays,
        position({ ...at, column: 'median n by t', spec: median }, needed, {
          q: 0.5,
          more: RUNS / SPEC_RUNS,
        }),
      ];
    }),
  );
  return [...rows, ...harm()];
};

const LIFTS = 12;
const TOWERS = 300;

/**
 * Lift, counted from 0, at which a tower stops. Assumed, as fits the numbers: each lift adds its gain and fresh noise of
 * sd 0.15 to every task, so that rent over three lifts sees sd 0.26, and it is judged on all tasks at once; the rule is
 * t, because the tail guard lets no suite of 24 tasks pay.
 */
const climb = (tasks, gainOf, run) => {
  const { normal } = stream('3.4', tasks, run);
  const values = [times(tasks, () => 0)];
  for (let lift = 0; lift < LIFTS; lift++) {
    values.push(values.at(-1).map((value) => value + gainOf(lift) + SD * normal()));
    if (rent(values, { rule: 't' }).rent === 'unpaid') return lift;
  }
  return LIFTS;
};

const decaying = (lift) => 0.1 * 0.85 ** lift;
const gained = (lifts) => times(lifts, decaying).reduce((sum, one) => sum + one, 0);

/** Attainable is what all 12 lifts gain; a tower that stops at lift n, from 0, has n + 1 of them. */
const healthy = ([tasks, stop, share]) => {
  const at = { table: '3.4 towers', row: `healthy, J=${tasks}` };
  const stops = times(TOWERS, (run) => climb(tasks, decaying, run));
  const median = position({ ...at, column: 'stops at lift, median', spec: stop }, stops, { q: 0.5 });
  const measured = (100 * gained(Math.min(LIFTS, median.measured + 1))) / gained(LIFTS);
  return [median, row({ ...at, column: '% gained there', spec: share, measured, se: 0, rounding: 0.5 })];
};

const towers = () => {
  const stopped = times(TOWERS, (run) => climb(48, () => 0, run)).filter((lift) => lift === 2);
  const at = { table: '3.4 towers', row: 'decorative', column: '% stopped at lift 2', spec: 100 };
  return [
    percent(at, stopped.length, { runs: TOWERS }),
    ...[
      [24, 4, 65],
      [48, 6, 79],
      [96, 8, 90],
    ].flatMap(healthy),
  ];
};

/** Section 6's own means: the lift gains .350 held out, the base loop with four times the budget .014. */
const budgetSquare = () => {
  const at = { table: '3.6 budget square', row: '48 tasks, sd .15' };
  const { normal } = stream('3.6 budget');
  const suites = times(100, () => times(48, () => 0.35 - 0.014 + SD * normal()));
  const holds = suites.filter((s) => budgetSquareHolds(s)).length;
  return [
    average({ ...at, column: 'S', spec: 0.336 }, suites.flat()),
    percent({ ...at, column: '% that hold', spec: 100 }, holds, { runs: suites.length }),
  ];
};

/**
 * A stand-in for the studies of section 6, which the claims come from: true gains x of sd 1, held out 1.24 x + 0.66 e,
 * both seen through noise. Its five numbers were fitted to the nine of the specification: it shows that the measures
 * behave as said, within the .05 that such a model can't bridge, and measures nothing independently.
 */
const study = (noise, run) => {
  const { normal } = stream('3.6', noise, run);
  return claimSquare(
    times(24, () => {
      const gain = 1.58 + normal();
      const heldOut = 1.24 * gain + 0.66 * normal() + 10.7 * noise * normal();
      return { claimed: gain + 9.6 * noise * normal(), heldOut };
    }),
  );
};

const MISFIT = 0.05;

const claimSquares = () =>
  [
    [0.02, { rho: 0.81, signAgreement: 0.93, kappa: 0.41 }],
    [0.1, { rho: 0.5, signAgreement: 0.86, kappa: 0.81 }],
    [0.3, { rho: 0.09, signAgreement: 0.54, kappa: 1.32 }],
  ].flatMap(([noise, spec]) => {
    const studies = times(300, (run) => study(noise, run));
    return Object.entries(spec).map(([column, value]) => {
      const at = { table: '3.6 claim square (stand-in)', row: `noise ${noise}`, column, spec: value };
      const { measured, se } = average(
        at,
        studies.map((one) => one[column]),
      );
      return row({ ...at, measured, se, specSe: MISFIT });
    });
  });

export const LIFT_TABLES = [verdicts, towers, budgetSquare, claimSquares];
