import type { Mechanism } from '../../contract/mechanism.js';
import { random } from '../random.js';
import { mean } from '../statistics.js';
import { openInstance } from './instance.js';
import type { Family } from './landscape.js';
import { type LoopSetting, PLAIN, RESETS } from './loop-setting.js';
import { searchOuter } from './outer-search.js';
import { DEFAULTS, drawParameters, type Parameters } from './parameters.js';
import { type LoopEnd, runLoop } from './run-loop.js';
import type { Candidate, StudyPlan } from './study-plan.js';

/** What an arm changes of the plain loop. */
export type Arm = Partial<Omit<LoopSetting, 'instance'>>;

const CLIP = { low: -1, high: 1.5 };

/** The noise-free value of a loop's last incumbent, within the bounds that lift verdicts rely on. */
export const scoreOf = ({ value }: LoopEnd): number => Math.max(CLIP.low, Math.min(CLIP.high, value));

/** One arm's loops on instances of some families; the same names, the same instances, noise and proposals. */
export const runArm = (
  plan: StudyPlan,
  arm: Arm,
  on: { families: readonly Family[]; count: number; name: string },
): LoopEnd[] =>
  on.families.flatMap((family) =>
    Array.from({ length: on.count }, (_, i) => {
      const instance = openInstance(family, `${String(plan.study)}/${on.name}/${String(i)}`);
      const { prior, sigma, T, promoteEvery } = plan;
      return runLoop({ ...PLAIN, parameters: DEFAULTS, prior, sigma, T, promoteEvery, ...arm, instance });
    }),
  );

/** A mechanism in place: with the resets that its injection brings. */
export const withMechanism = (mechanism: Mechanism): Arm => ({ mechanism, resets: RESETS });

/** What an outer loop sees of a candidate in one meta-evaluation. */
const metaEvaluation =
  (plan: StudyPlan, arms: readonly Arm[]) =>
  (candidate: number, round: number): number => {
    const on = { families: plan.train, count: plan.perFamily, name: `meta ${String(round)}` };
    return mean(runArm(plan, arms[candidate] ?? {}, on).map(scoreOf));
  };

/** Parameter level: 24 sets of chance, the best by successive halving. */
export const tuneParameters = (plan: StudyPlan): Parameters => {
  const draw = random('parameters', plan.study);
  const sets = Array.from({ length: plan.candidates }, () => drawParameters(draw));
  const arms = sets.map((parameters) => ({ parameters }));
  const { order } = searchOuter(sets.length, metaEvaluation(plan, arms));
  return sets[order[0] ?? 0] ?? DEFAULTS;
};

/** Mechanism level: the gated sources, the best by the same halving, over the same tasks. */
export const selectMechanism = (plan: StudyPlan, candidates: readonly Candidate[]): Candidate[] => {
  const arms = candidates.map(({ mechanism }) => withMechanism(mechanism));
  const { order } = searchOuter(candidates.length, metaEvaluation(plan, arms));
  return order.flatMap((at) => candidates[at] ?? []);
};
