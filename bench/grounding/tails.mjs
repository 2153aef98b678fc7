/** What a generator's vault says of changes that lose: rarely and much. Asked after every pair, as the steward does. */
import { tEvidence } from '../../dist/domain/holdout/evidence.js';
import { pairedVerdict } from '../../dist/domain/holdout/paired-verdict.js';
import { tailGuard, unseenLoss } from '../../dist/domain/holdout/tail.js';
import { percent, times } from './draws.mjs';
import { stream } from './normal.mjs';

const RUNS = 1500;
/** Whoever found the hole counted so many streams; the specification's own lifts are fewer. */
const COUNTED = { runs: RUNS, specRuns: 1000 };
const SPEC = { runs: RUNS, specRuns: 500 };

const sequential = { name: 'sequential', alpha: 0.05, worst: null };
/** The first stood in the example before the guard was there; the second was the default. */
const RULES = {
  '10..40, open': { ...sequential, eps: 0.01, least: 10, most: 40 },
  '30..60, open': { ...sequential, eps: 0.02, least: 30, most: 60 },
  '30..60': { ...sequential, eps: 0.02, least: 30, most: 60, tail: tailGuard(null) },
  '100..130': { ...sequential, eps: 0.02, least: 100, most: 130, tail: tailGuard(null) },
};

const rare = ({ share, loss, sd }) => ({
  draw: ({ next, normal }) => (next() < share ? loss : 0.05 + sd * normal()),
  unseen: (pairs) => Math.round(1000 * unseenLoss(share, pairs)) / 10,
});
const plain = (mean) => ({ draw: ({ normal }) => mean + 0.15 * normal() });

const judged = (draw, rule, draws) => {
  const gains = [];
  for (;;) {
    gains.push(draw(draws));
    const { verdict } = pairedVerdict(gains, rule, tEvidence);
    if (verdict !== 'more') return verdict;
  }
};

const paid = (name, { draw }, rule) => {
  const draws = stream('tails', name);
  return times(RUNS, () => judged(draw, rule, draws)).filter((verdict) => verdict === 'pays').length;
};

const TABLE =
  'generator vaults, % pays (losing rows: guarded ones beside (1-q)^n; open ones beside their finder)';

const LOSING = {
  '-9 on 3 %, mean -.22': { ...rare({ share: 0.03, loss: -9, sd: 0.02 }), found: [76, 39] },
  '-.8 on 7 %, mean -.01': { ...rare({ share: 0.07, loss: -0.8, sd: 0.03 }), found: [44, 12] },
};
const OTHERS = {
  'null 0': { ...plain(0), spec: { '30..60': 0 } },
  'gain of eps': { ...plain(0.02), spec: { '30..60': 0.4 } },
  'gain .10': { ...plain(0.1), spec: { '30..60, open': 89.6, '30..60': 88.6 } },
};

export const tails = () => [
  ...Object.entries(LOSING).flatMap(([name, one]) =>
    Object.entries(RULES).map(([column, rule], index) =>
      percent(
        { table: TABLE, row: name, column, spec: one.found[index] ?? one.unseen(rule.least) },
        paid(name, one, rule),
        COUNTED,
      ),
    ),
  ),
  ...Object.entries(OTHERS).flatMap(([name, one]) =>
    Object.entries(one.spec).map(([column, spec]) =>
      percent({ table: TABLE, row: name, column, spec }, paid(name, one, RULES[column]), SPEC),
    ),
  ),
];
