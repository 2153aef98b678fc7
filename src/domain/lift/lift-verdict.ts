import { type LiftEvidence, liftEvidence } from './lift-evidence.js';
import { LIFT_DEFAULTS, type LiftOptions, TAIL_LOSS, TAIL_TASKS } from './lift-options.js';

export type LiftVerdict = 'pays' | 'flat' | 'harmful' | 'inert' | 'undecided' | 'invalid';

/** What the steps of the verdict look at; the evidence is weighed only when a step asks for it. */
export interface JudgedLift {
  d: readonly number[];
  options: LiftOptions;
  evidence: () => LiftEvidence;
}

export interface LiftStep {
  name: string;
  /** null: this step has nothing to say, the next one is asked */
  says: (lift: JudgedLift) => LiftVerdict | null;
}

const reaches = (logE: number, { alpha }: LiftOptions): boolean => logE >= -Math.log(alpha);
const when = (condition: boolean, verdict: LiftVerdict): LiftVerdict | null => (condition ? verdict : null);

/**
 * Asked in order, the first that speaks decides; if none does, the lift is undecided. What stops a lift comes before
 * what promotes it: the burden of proof is on the lift. Harm comes before flatness,
 * as it says more.
 */
export const LIFT_STEPS: readonly LiftStep[] = [
  { name: 'numbers', says: ({ d }) => when(!d.every(Number.isFinite), 'invalid') },
  { name: 'liveness', says: ({ options }) => when(options.liveness === 0, 'inert') },
  { name: 'tasks', says: ({ d, options }) => when(d.length < options.least, 'undecided') },
  {
    name: 'difference',
    says: ({ d }) =>
      when(
        d.every((one) => one === 0),
        'inert',
      ),
  },
  { name: 'harm', says: ({ evidence, options }) => when(reaches(evidence().harmful, options), 'harmful') },
  { name: 'flatness', says: ({ evidence, options }) => when(reaches(evidence().flat, options), 'flat') },
  {
    name: 'tail-tasks',
    says: ({ d, options }) => when(options.rule === 't+tail' && d.length < TAIL_TASKS, 'undecided'),
  },
  {
    name: 'tail-loss',
    says: ({ d, options }) =>
      when(options.rule === 't+tail' && d.some((one) => one < TAIL_LOSS), 'undecided'),
  },
  { name: 'gain', says: ({ evidence, options }) => when(reaches(evidence().pays, options), 'pays') },
];

/** A lift as its steps see it. */
export const judgedLift = (d: readonly number[], options: Partial<LiftOptions>): JudgedLift => {
  const all = { ...LIFT_DEFAULTS, ...options };
  let weighed: LiftEvidence | undefined;
  return { d, options: all, evidence: () => (weighed ??= liftEvidence(d, all)) };
};

/**
 * Does the lift pay? d_j = [u_j(A(R)) - u_j(R)] - lambda log2(cost ratio), per task, on the same seeds and budget.
 * pays: the e-test rejects E[d] <= eps; flat: E[d] >= eps; harmful: E[d] >= 0, each at alpha. Only 'pays' promotes;
 * then V(A(R)) > V(R) + eps with probability at least 1 - alpha. The order of the tasks does not matter.
 */
export const liftVerdict = (d: readonly number[], options: Partial<LiftOptions> = {}): LiftVerdict => {
  const lift = judgedLift(d, options);
  for (const { says } of LIFT_STEPS) {
    const verdict = says(lift);
    if (verdict !== null) return verdict;
  }
  return 'undecided';
};
