/**
 * How often early stopping is wrong, and what it saves: simulated learning curves against an incumbent's, by margin.
 * `node bench/early-stop.mjs [runs] [--after SHARE]`. Wrong is a stopped run that would have ended with a lower loss than
 * the incumbent. Curves: power laws with a floor, speed and height of their own, noise on each report, a warm-up whose end
 * varies, spikes, and a cool-down in which all fall faster; `crossing` ones are slower at first and better in the end.
 */
import { hopeless } from '../dist/domain/early-stop/hopeless.js';
import { random } from '../dist/domain/random.js';

const args = process.argv.slice(2);
const at = args.indexOf('--after');
const AFTER = at < 0 ? [0.3] : [Number(args[at + 1])];
const RUNS = Number(args.find((one, place) => /^\d+$/.test(one) && (at < 0 || place !== at + 1)) ?? 2_000);
const CELLS = 40;
const REPORTS = 3;

const normals =
  ({ next }) =>
  () =>
    Math.sqrt(-2 * Math.log1p(-next())) * Math.cos(2 * Math.PI * next());

/** Mean loss of each part, and the loss at the end without noise. */
const train = (shape, { normal, next, noise }) => {
  const { floor, height, speed, warmup, cooldown } = shape;
  const loss = (share) => {
    const seen = Math.max(share - warmup, 0) + warmup / 10;
    const cooled = cooldown * Math.max(0, (share - 0.6) / 0.4);
    return floor + height * (1 + 30 * seen) ** -speed - cooled;
  };
  const cells = Array.from({ length: CELLS }, (_, cell) => {
    const spike = next() < 0.02 ? 0.5 * next() : 0;
    const told = Array.from(
      { length: REPORTS },
      (_, i) => loss((cell + (i + 0.5) / REPORTS) / CELLS) + noise * normal(),
    );
    return told.reduce((sum, one) => sum + one, 0) / REPORTS + spike;
  });
  return { cells, final: loss(1) };
};

const spread = (normal, size) => Math.exp(size * normal());

/** Candidates as a search makes them: most near the incumbent, some much worse, a few that are late and good. */
const WORLDS = {
  'small changes': (normal) => ({
    floor: 0.02 * normal(),
    height: spread(normal, 0.05),
    speed: spread(normal, 0.05),
    late: 0,
  }),
  'wide changes': (normal) => ({
    floor: 0.1 * normal(),
    height: spread(normal, 0.3),
    speed: spread(normal, 0.3),
    late: 0,
  }),
  'crossing curves': (normal) => ({
    floor: -0.25 + 0.1 * normal(),
    height: 1.6 * spread(normal, 0.2),
    speed: spread(normal, 0.1),
    late: 0.08,
  }),
  'mostly bad': (normal) => ({
    floor: 0.4 + 0.3 * normal(),
    height: spread(normal, 0.3),
    speed: spread(normal, 0.3),
    late: 0,
  }),
};
const NOISE = { quiet: 0.01, noisy: 0.1 };

const BASE = { floor: 2, height: 5, speed: 0.7, warmup: 0.02, cooldown: 0.15 };

const play = (world, noise, rule) => {
  const draws = random('early-stop', world, noise);
  const normal = normals(draws);
  const incumbent = train(BASE, { normal, next: draws.next, noise });
  const seen = { better: 0, wrong: 0, stopped: 0, saved: 0 };
  for (let run = 0; run < RUNS; run++) {
    const change = WORLDS[world](normal);
    const shape = {
      floor: BASE.floor + change.floor,
      height: BASE.height * change.height,
      speed: BASE.speed * change.speed,
      warmup: BASE.warmup * spread(normal, 0.5) + change.late,
      cooldown: BASE.cooldown * spread(normal, 0.3),
    };
    const { cells, final } = train(shape, { normal, next: draws.next, noise });
    const better = final < incumbent.final;
    if (better) seen.better++;
    for (let cell = Math.ceil(rule.after * CELLS); cell < CELLS; cell++) {
      if (hopeless(cells.slice(0, cell), incumbent.cells, rule) === null) continue;
      seen.stopped++;
      if (better) seen.wrong++;
      seen.saved += 1 - cell / CELLS;
      break;
    }
  }
  return seen;
};

const percent = (part, whole) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)} %`);
const rows = [];
for (const after of AFTER)
  for (const margin of [0, 0.05, 0.1, 0.2])
    for (const world of Object.keys(WORLDS))
      for (const [name, noise] of Object.entries(NOISE)) {
        const seen = play(world, noise, { after, margin, cells: 3 });
        rows.push({
          after,
          margin,
          candidates: world,
          noise: name,
          better: percent(seen.better, RUNS),
          stopped: percent(seen.stopped, RUNS),
          'of the better, stopped': percent(seen.wrong, seen.better),
          'compute saved': percent(seen.saved, RUNS),
        });
      }
console.table(rows);
