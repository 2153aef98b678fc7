/** Each rule as a search of 600 evaluations: answers true gain, keeps, keeps that gained nothing, reported gain. */
import { openPromotion, stepPromotion } from '../../dist/domain/acceptance/promotion.js';
import { eLondAlpha } from '../../dist/domain/evidence/e-lond.js';
import { keepStep, startTest } from '../../dist/domain/evidence/keep-step.js';

/** Assumed: pairs per candidate at most. */
const NMAX = 15;

/** The specification's MDE: the practical minimum, and never less than half the noise of a pair. */
const optionsFor = ({ sd, practical }) => {
  const delta = Math.max(practical, 0.5 * sd);
  return { sd, delta, tau: delta, bound: 4 * sd };
};

const average = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

const count = (tally, effect) => {
  tally.keeps++;
  if (effect <= 0) tally.false++;
  tally.mu += effect;
};

const cachedBest = (floor) => (world) => {
  const tally = { mu: 0, keeps: 0, false: 0 };
  let best = world.measure(0, 0);
  while (world.left() > 0) {
    const effect = world.propose();
    const y = world.measure(tally.mu + effect, 0);
    if (y <= best + floor * world.noise) continue;
    best = y;
    count(tally, effect);
  }
  return { ...tally, reported: best };
};

/** A sequential test of a candidate on fresh shared seeds: whether it is kept, and the incumbent's own values. */
const onFreshPairs = (world, { mu, effect, alpha }, seeds) => {
  const test = { process: 'z', options: optionsFor(world), alpha, beta: 0.2, nmax: NMAX };
  let step = { state: startTest(test), decision: 'more' };
  const values = { candidate: [], incumbent: [] };
  while (step.decision === 'more' && world.left() >= 2) {
    const seed = seeds.next++;
    const incumbent = world.measure(mu, seed);
    const candidate = world.measure(mu + effect, seed);
    values.candidate.push(candidate);
    values.incumbent.push(incumbent);
    step = keepStep(test, step.state, candidate - incumbent);
  }
  return { kept: step.decision === 'keep', values };
};

/** The specification: what won is measured anew on fresh seeds, and no run that chose it is counted. */
const FRESH_RUNS = 10;

const measuredAnew = (world, tally, seeds) => {
  const fresh = Array.from({ length: FRESH_RUNS }, () => world.measure(tally.mu, seeds.next++));
  return { ...tally, reported: average(fresh) };
};

const sprt = (world) => {
  const tally = { mu: 0, keeps: 0, false: 0 };
  const seeds = { next: 1 };
  while (world.left() >= 2) {
    const effect = world.propose();
    const { kept } = onFreshPairs(world, { mu: tally.mu, effect, alpha: 0.05 }, seeds);
    if (kept) count(tally, effect);
  }
  return measuredAnew(world, tally, seeds);
};

/** Assumed: screening runs share one seed; the incumbent is measured on it once after each keep and test, up to 4 times. */
const screened = (levelOf) => (world) => {
  const tally = { mu: 0, keeps: 0, false: 0 };
  const seeds = { next: 1 };
  let tests = 0;
  let standing = [world.measure(0, 0)];
  while (world.left() >= 1) {
    const effect = world.propose();
    if (world.measure(tally.mu + effect, 0) < average(standing)) continue;
    const alpha = levelOf({ tests: tests++, keeps: tally.keeps });
    const { kept } = onFreshPairs(world, { mu: tally.mu, effect, alpha }, seeds);
    if (kept) {
      count(tally, effect);
      if (world.left() > 0) standing = [world.measure(tally.mu, 0)];
    } else if (world.left() > 0 && standing.length < 4) standing.push(world.measure(tally.mu, 0));
  }
  return measuredAnew(world, tally, seeds);
};

/** Assumed: a new trunk's standing costs two runs, no change is dropped after a promotion. */
const branchAndPromote = (world) => {
  const tally = { mu: 0, keeps: 0, false: 0 };
  const gains = new Map();
  const of = ({ base, changes }) => gains.get(base) + changes.reduce((sum, id) => sum + gains.get(id), 0);
  gains.set('start', 0);
  let { state, wanted } = openPromotion(
    {
      every: 20,
      alpha: 0.05,
      beta: 0.2,
      nmax: NMAX,
      evidence: 'z',
      noise: optionsFor(world),
      share: false,
      repeats: 2,
      least: 0,
      margin: 0,
      pairedScouts: true,
    },
    'start',
  );
  const answer = (event) => ({ state, wanted } = stepPromotion(state, event));
  for (let id = 0; world.left() >= 2; id++) {
    if (wanted.kind === 'run') {
      answer({ kind: 'ran', value: world.measure(of(wanted.artifact), wanted.seed) });
    } else if (wanted.kind === 'scout') {
      gains.set(`change ${id}`, world.propose());
      const value = world.measure(of(wanted.onto) + gains.get(`change ${id}`), wanted.seed);
      answer({ kind: 'scouted', change: `change ${id}`, value });
    } else if (wanted.kind === 'pair') {
      const right = world.measure(of(wanted.right), wanted.seed);
      answer({ kind: 'paired', left: world.measure(of(wanted.left), wanted.seed), right });
    } else {
      const total = of(wanted.artifact);
      count(tally, total - tally.mu);
      gains.set(`trunk ${id}`, total);
      answer({ kind: 'sealed', commit: `trunk ${id}` });
    }
  }
  // a race that ended on a promotion has not measured its trunk yet
  const { standing } = state;
  return {
    ...tally,
    reported: standing.length === 0 ? null : average(standing.map(({ value }) => value)),
  };
};

export const RACE_RULES = {
  'naive cached best': cachedBest(0),
  'floor 2 sigma': cachedBest(2),
  'sprt fresh pairs .05': sprt,
  'screen+sprt .05': screened(() => 0.05),
  'screen+sprt e-LOND.1': screened((levels) => eLondAlpha(0.1, levels)),
  'branch20+promote .05': branchAndPromote,
};
