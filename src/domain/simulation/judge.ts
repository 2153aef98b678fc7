import type { Acceptance } from '../../contract/task-schema.js';
import { decide } from '../acceptance/decide.js';

/** The rules of a real task; `k` is how many standard deviations of the noise a keep passes. */
export const acceptanceOf = (tolerance: number): Acceptance => ({
  rule: 'floor',
  minEffect: { value: 0, relative: false },
  k: tolerance,
  n: 3,
  z: 2,
  alpha: 0.05,
  beta: 0.2,
  nmax: 40,
  evidence: 'z',
  every: 20,
  share: false,
  pairedScouts: false,
  arms: 8,
  raceTest: 'friedman',
  eta: 3,
  rungs: 3,
});

/** Whether a real loop under the rule `floor` would keep a candidate of this score. */
export const isKept = (
  value: number | null,
  incumbent: { mean: number; n: number },
  { tolerance, sigma }: { tolerance: number; sigma: number },
): boolean => {
  const measurement = {
    role: 'candidate' as const,
    index: 0,
    commit: 'candidate',
    seed: 0,
    status: value === null ? ('crash' as const) : ('ok' as const),
    value,
    origin: 'measured' as const,
    deviceClass: 'simulated',
    deviceSeconds: 1,
    detail: '',
  };
  const decision = decide({
    direction: 'maximize',
    acceptance: acceptanceOf(tolerance),
    measurements: [measurement],
    candidate: 'candidate',
    incumbent: { commit: 'incumbent', value: incumbent.mean, n: incumbent.n },
    noise: { sigma, n: 10 },
  });
  return decision.decision === 'final' && decision.outcome === 'keep';
};
