/** Table of section 4: rigged systems and their honest controls, 12 lifts each, judged after every lift. */
import { costExplosion } from '../../dist/domain/failure-modes/cost-explosion.js';
import { detect } from '../../dist/domain/failure-modes/detector.js';
import { evaluatorCapture } from '../../dist/domain/failure-modes/evaluator-capture.js';
import { objectiveDrift } from '../../dist/domain/failure-modes/objective-drift.js';
import { syntheticCollapse } from '../../dist/domain/failure-modes/synthetic-collapse.js';
import { ungroundedSearch } from '../../dist/domain/failure-modes/ungrounded-search.js';
import { percent, position, times } from './draws.mjs';
import { stream } from './normal.mjs';

const RUNS = 300;
const LIFTS = 12;
const TASKS = 48;
const SD = 0.15;
const threshold = Math.log(20);

/** Lift, from 0, of the first alarm over growing trails; null for silence. */
const firstAlarm = (detector, trails) => {
  const at = trails.findIndex((trail) => detect(detector, trail).alarm);
  return at < 0 ? null : at;
};

/** The trail after each lift, from one record per lift. */
const growing = (records, trailOf) => records.map((_, lift) => trailOf(records.slice(0, lift + 1)));

/** Held-out gains start at the claimed objective's .06; the healthy system stays there. */
const drift = (healthy) => (z) =>
  growing(
    times(LIFTS, (lift) => ({
      objectiveHash: `o${lift}`,
      claimed: 0.08,
      heldOut: times(TASKS, () => 0.06 - (healthy ? 0 : 0.03 * lift) + SD * z()),
      validated: true,
    })),
    (lifts) => ({ lifts, threshold }),
  );

/** 40 reference artifacts, all in the current style; two versions agree on an artifact to sd 0.02. */
const swap = (healthy) => (z) =>
  times(LIFTS, (lift) => {
    const old = times(40, (i) => i / 40);
    const shift = healthy ? 0 : 0.015 * lift;
    return {
      evaluator: `v${lift}`,
      bridge: { old, new: old.map((score) => score + shift + 0.02 * z()) },
      promoted: [],
      threshold,
    };
  });

/** The evaluator pays .02 more per lift, execution .01 less; a task's gap has sd 0.05. The healthy system earns both. */
const game = (healthy) => (z) =>
  growing(
    times(LIFTS, (lift) => {
      const executed = healthy ? 0.02 * lift : -0.01 * lift;
      return {
        artifact: `a${lift}`,
        evaluatorGain: times(TASKS, () => 0.02 * lift + 0.05 * z()),
        executedGain: times(TASKS, () => executed),
      };
    }),
    (promoted) => ({ evaluator: 'v0', bridge: null, promoted, threshold }),
  );

const meanAndSd = (values) => {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  return {
    mean,
    sd: Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (values.length - 1)),
  };
};
/** Real data: a thousand quantiles of twenty thousand draws, so that spread and deciles are close to exact. */
const ANCHOR = times(20_000, stream('4', 'anchor').normal)
  .sort((a, b) => a - b)
  .filter((_, i) => i % 20 === 10);

/**
 * A normal generator refitted each lift to the 64 items of the last data version. Rigged: all of them its own, drawn at
 * temperature .95. Control: half of them real and the generator honest, temperature 1; at temperature .95 it is narrower
 * than real data even so, and the alarm is raised in 2.6 of 100 controls. The real share is withheld, as that guard alone would end it at lift 0.
 */
const collapse = (realItems, temperature) => (z) => {
  let { mean, sd } = meanAndSd(times(64, z));
  return times(LIFTS, () => {
    const own = times(64 - realItems, () => mean + sd * temperature * z());
    const data = [...own, ...times(realItems, z)];
    ({ mean, sd } = meanAndSd(data));
    return { data, anchor: ANCHOR, realShare: null };
  });
};

const climbing = (gain, experiments) => (z) => {
  let values = times(TASKS, () => 0);
  const climb = [values];
  return times(LIFTS, (lift) => {
    values = values.map((value) => value + gain + SD * z());
    climb.push(values);
    return {
      level: 'R1',
      climb: [...climb],
      experiments: times(lift + 1, () => experiments),
      options: { rule: 't' },
    };
  });
};

/** Envelope of 64 first lifts: the specification's refusal at lift 5 needs one between 42 and 94. */
const cost = (growth) => (z) =>
  growing(
    times(LIFTS, (lift) => ({
      cost: growth ** lift * (1 + (growth > 1 ? 0 : 0.1 * z())),
      gain: 0.1 * 0.85 ** lift,
    })),
    (lifts) => ({ costs: lifts.map((one) => one.cost), gains: lifts.map((one) => one.gain), envelope: 64 }),
  );

/** An alarm after lift n refuses lift n + 1. */
const refused = (alarm) => (alarm === null ? null : alarm + 1);
const MODES = [
  {
    row: 'objective drift',
    detector: objectiveDrift,
    rigged: drift(false),
    control: drift(true),
    spec: [0.3, 100, 3, 4],
  },
  {
    row: 'capture: swap',
    detector: evaluatorCapture,
    rigged: swap(false),
    control: swap(true),
    spec: [0, 100, 2, 2],
  },
  {
    row: 'capture: game',
    detector: evaluatorCapture,
    rigged: game(false),
    control: game(true),
    spec: [0, 100, 2, 2],
  },
  {
    row: 'synthetic collapse',
    detector: syntheticCollapse,
    rigged: collapse(0, 0.95),
    control: collapse(32, 1),
    spec: [0.7, 91, 5, 9],
  },
  {
    row: 'ungrounded search',
    detector: ungroundedSearch,
    rigged: climbing(0, 0),
    control: climbing(0.1, 8),
    spec: [null, 100, 2, 2],
  },
  {
    row: 'cost explosion',
    detector: costExplosion,
    rigged: cost(2.2),
    control: cost(1),
    spec: [0, 100, 5, 5],
    lift: refused,
  },
];

const alarmsOf = (detector, make, seed) =>
  times(RUNS, (run) => firstAlarm(detector, make(stream('4', seed, run).normal)));

export const failureModes = () =>
  MODES.flatMap(({ row, detector, rigged, control, spec, lift = (at) => at }) => {
    const [falseAlarm, detected, median, late] = spec;
    const at = { table: '4 failure modes', row };
    const alarms = alarmsOf(detector, rigged, row)
      .filter((one) => one !== null)
      .map(lift);
    const found = [
      percent({ ...at, column: 'detected %', spec: detected }, alarms.length, { runs: RUNS }),
      position({ ...at, column: 'at lift, median', spec: median }, alarms, { q: 0.5 }),
      position({ ...at, column: 'at lift, p90', spec: late }, alarms, { q: 0.9 }),
    ];
    if (falseAlarm === null) return found;
    const silent = alarmsOf(detector, control, `${row} control`).filter((one) => one === null);
    const wrong = { ...at, column: 'false alarm %', spec: falseAlarm };
    return [percent(wrong, RUNS - silent.length, { runs: RUNS }), ...found];
  });
