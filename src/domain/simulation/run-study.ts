import type { Mechanism } from '../../contract/mechanism.js';
import { type LiftVerdict, liftVerdict } from '../lift/lift-verdict.js';
import { livenessOf } from '../mechanism/mechanism-record.js';
import { mean } from '../statistics.js';
import { RESETS } from './loop-setting.js';
import { DEFAULTS } from './parameters.js';
import type { LoopEnd } from './run-loop.js';
import { type Arm, runArm, scoreOf, selectMechanism, tuneParameters, withMechanism } from './study-arms.js';
import type { Candidate, StudyPlan } from './study-plan.js';

/** Mechanisms that every study has, whatever its grammar made. */
export interface Fixed {
  identity: Mechanism;
  handWritten: Mechanism;
}

/** An arm's scores on fresh instances, family by family. */
export interface ArmScores {
  train: readonly number[];
  heldOut: readonly number[];
  /** runs of promotion tests in one of its loops, beside the experiments */
  testRuns: number;
}

export const ARMS = ['A', 'A4', 'R', 'S', 'inert', 'B', 'Crand', 'C', 'H'] as const;
export type ArmName = (typeof ARMS)[number];

export interface StudyOutcome {
  arms: Readonly<Partial<Record<ArmName, ArmScores>>>;
  /** of a lift from one arm to another, over all fresh instances */
  verdicts: Readonly<Record<string, LiftVerdict>>;
  /** name of the mechanism that was chosen */
  chosen: string;
}

const FRESH = 'fresh';

const armOf = (plan: StudyPlan, arm: Arm): ArmScores & { ends: readonly LoopEnd[] } => {
  const on = { count: plan.fresh, name: FRESH };
  const train = runArm(plan, arm, { ...on, families: plan.train });
  const heldOut = runArm(plan, arm, { ...on, families: plan.heldOut });
  const ends = [...train, ...heldOut];
  const testRuns = mean(ends.map((end) => end.testRuns));
  return { train: train.map(scoreOf), heldOut: heldOut.map(scoreOf), testRuns, ends };
};

const all = ({ train, heldOut }: ArmScores): readonly number[] => [...train, ...heldOut];

const differences = (lifted: ArmScores, base: ArmScores): number[] => {
  const before = all(base);
  return all(lifted).map((score, i) => score - (before[i] ?? 0));
};

/** Share of an arm's loops in which its mechanism was live. */
const liveShare = (ends: readonly LoopEnd[]): number =>
  mean(ends.map(({ record }) => (livenessOf(record, null) === 'live' ? 1 : 0)));

/**
 * Lifts from one arm to another. The sham is judged as if its mechanism were live: its resets are what it is a control
 * for; parameters have nothing that could be dead.
 */
const LIFTS: readonly { lifted: ArmName; base: ArmName; mechanism: boolean }[] = [
  { lifted: 'C', base: 'A', mechanism: true },
  { lifted: 'C', base: 'B', mechanism: true },
  { lifted: 'B', base: 'A', mechanism: false },
  { lifted: 'Crand', base: 'A', mechanism: true },
  { lifted: 'S', base: 'A', mechanism: false },
  { lifted: 'inert', base: 'A', mechanism: true },
];

/** What an outer loop over the training families finds, and what it is worth on tasks that it hasn't seen. */
export const runStudy = (
  plan: StudyPlan & { arms: readonly ArmName[] },
  candidates: readonly Candidate[],
  { identity, handWritten }: Fixed,
): StudyOutcome => {
  const [chosen] = selectMechanism(plan, candidates);
  const [first] = candidates;
  if (chosen === undefined || first === undefined) throw new RangeError('a study needs candidates');
  const settings: Readonly<Record<ArmName, () => Arm>> = {
    A: () => ({}),
    A4: () => ({ T: 4 * plan.T }),
    R: () => ({ prior: 'none', parameters: { ...DEFAULTS, window: 0 } }),
    S: () => ({ mechanism: identity, resets: RESETS }),
    inert: () => ({ mechanism: identity }),
    B: () => ({ parameters: tuneParameters(plan) }),
    Crand: () => withMechanism(first.mechanism),
    C: () => withMechanism(chosen.mechanism),
    H: () => withMechanism(handWritten),
  };
  const arms = new Map(plan.arms.map((name) => [name, armOf(plan, settings[name]())]));
  const verdicts = LIFTS.flatMap(({ lifted, base, mechanism }) => {
    const [after, before] = [arms.get(lifted), arms.get(base)];
    if (after === undefined || before === undefined) return [];
    const liveness = mechanism ? liveShare(after.ends) : 1;
    return [[`${lifted}/${base}`, liftVerdict(differences(after, before), { liveness })] as const];
  });
  return {
    arms: Object.fromEntries(
      [...arms].map(([name, { train, heldOut, testRuns }]) => [name, { train, heldOut, testRuns }]),
    ),
    verdicts: Object.fromEntries(verdicts),
    chosen: chosen.mechanism.meta.name,
  };
};
