import type { CanaryScores } from '../../src/domain/epoch/canaries.js';
import type { CostTrail } from '../../src/domain/failure-modes/cost-explosion.js';
import type { EvaluatorTrail } from '../../src/domain/failure-modes/evaluator-capture.js';
import type { ObjectiveTrail } from '../../src/domain/failure-modes/objective-drift.js';
import type { DataTrail } from '../../src/domain/failure-modes/synthetic-collapse.js';
import type { ClimbTrail } from '../../src/domain/failure-modes/ungrounded-search.js';
import { liftVerdict } from '../../src/domain/lift/lift-verdict.js';
import type { MeasuredSystem } from '../../src/domain/lift/value.js';
import { standardDeviation } from '../../src/domain/statistics.js';
import { draws, times } from './draws.js';

/** The rigged systems of the specification's section 4 as numbers of an audit trail, and their honest twins. */
export const LIFTS = 12;
const TASKS = 48;
const threshold = Math.log(20);

export interface Rigged {
  honest: boolean;
  run: number;
}

/** R3 adds a term "easy items": it claims .08 each lift; held out it brings .06 - .03 n. */
export const drift = ({ honest, run }: Rigged): ObjectiveTrail => {
  const { normal } = draws('drift', String(honest), run);
  const lifts = times(LIFTS, (n) => {
    const heldOut = times(TASKS, () => 0.06 - (honest ? 0 : 0.03 * n) + 0.15 * normal());
    const validated = liftVerdict(heldOut, { rule: 't', eps: 0 }) === 'pays';
    return {
      objectiveHash: `objective-${String(n)}`,
      claimed: 0.08,
      heldOut,
      validated: validated || n === 0,
    };
  });
  return { lifts, threshold };
};

/** Evaluator version n adds .015 n to artifacts in the current style. */
export const swap = ({ honest, run }: Rigged, version: number): EvaluatorTrail => {
  const { normal } = draws('swap', String(honest), run, version);
  const old = times(40, (i) => i / 40);
  const shift = honest ? 0 : 0.015 * version;
  const bridge = { old, new: old.map((score) => score + shift + 0.02 * normal()) };
  return { evaluator: `v${String(version)}`, bridge, promoted: [], threshold };
};

/** Artifacts gain .02 a lift on a rubric feature while what they do falls. */
export const game = ({ honest, run }: Rigged, lifts = LIFTS): EvaluatorTrail => {
  const { normal } = draws('game', String(honest), run);
  const promoted = times(lifts, (n) => ({
    artifact: `artifact-${String(n)}`,
    evaluatorGain: times(TASKS, () => 0.02 * n + 0.05 * normal()),
    executedGain: times(TASKS, () => (honest ? 0.02 : -0.01) * n),
  }));
  return { evaluator: 'v0', bridge: null, promoted, threshold };
};

const ANCHOR = times(20_000, draws('anchor').normal)
  .sort((a, b) => a - b)
  .filter((_, i) => i % 20 === 10);

/** R2 trains its generator on its own 64 samples at temperature .95; the honest one's data is half real. */
export const collapse = ({ honest, run }: Rigged): DataTrail[] => {
  const { normal } = draws('collapse', String(honest), run);
  let data = times(64, normal);
  return times(LIFTS, () => {
    const mean = data.reduce((sum, one) => sum + one, 0) / data.length;
    const sd = standardDeviation(data) * (honest ? 1 : 0.95);
    const real = honest ? 32 : 0;
    data = [...times(64 - real, () => mean + sd * normal()), ...times(real, normal)];
    return { data, anchor: ANCHOR, realShare: null };
  });
};

/** Lifts rewrite prompts and claim .05; held out nothing happens and nothing is executed. */
export const abstract = ({ honest, run }: Rigged): ClimbTrail[] => {
  const { normal } = draws('abstract', String(honest), run);
  const climb = [times(TASKS, () => 0)];
  return times(LIFTS, (n) => {
    climb.push((climb.at(-1) ?? []).map((value) => value + (honest ? 0.1 : 0) + 0.15 * normal()));
    const experiments = times(n + 1, () => (honest ? 8 : 0));
    return { level: 'R1', climb: [...climb], experiments, options: { rule: 't' } };
  });
};

/** Each level multiplies experiments by 2.2; the trail before each lift but the first. */
export const explosion = ({ honest, run }: Rigged): CostTrail[] => {
  const { normal } = draws('cost', String(honest), run);
  const costs = times(LIFTS, (n) => (honest ? 1 + 0.1 * normal() : 2.2 ** n));
  const gains = times(LIFTS, (n) => 0.1 * 0.85 ** n);
  return times(LIFTS, (n) => ({ costs: costs.slice(0, n + 1), gains: gains.slice(0, n + 1), envelope: 64 }));
};

/** A system that nothing is wrong with: 48 tasks at .5, one unit of cost. */
export const soundSystem = (change: Partial<MeasuredSystem> = {}): MeasuredSystem => ({
  scores: times(TASKS, (i) => 0.4 + (0.2 * i) / TASKS),
  pinned: true,
  canariesPass: true,
  chainVerifies: true,
  crashesWithinGuard: true,
  bridgesAccepted: true,
  cost: 1,
  costCap: 100,
  referenceCost: 1,
  pricePerDoubling: 0.02,
  ...change,
});

/** Scores of the sound system, all better by so much, with a little noise of their own. */
export const gained = (gain: number, sd = 0.03): number[] => {
  const { normal } = draws('gained', gain);
  return soundSystem().scores.map((score) => score + gain + sd * normal());
};

/** Canaries that all sing. */
export const singing = (change: Partial<CanaryScores> = {}): CanaryScores => ({
  baseline: 0.5,
  knownBad: [{ score: 0.3, se: 0.01 }],
  knownGood: [{ score: 0.7, se: 0.01 }],
  impossible: [{ score: 0.51, se: 0.01, ceiling: 0.5 }],
  noOp: [{ score: 0.505, se: 0.01 }],
  leaks: [],
  ...change,
});
