import type { Measurement } from '../../contract/measurement.js';
import type { Canary } from '../../contract/task-schema.js';
import { studentQuantile } from '../distributions/student-t.js';
import { formatSpread, formatValue } from '../format.js';
import { upward } from '../promotion/upward.js';
import type { Direction } from '../score.js';
import { canaryBreaches, type CanaryScores } from './canaries.js';

/** What a canary is held against: a score of the unchanged artifact, of so many runs, and the noise of one run. */
export interface Perch {
  direction: Direction;
  baseline: { value: number; n: number };
  noise: { sigma: number; n: number };
}

/** One check in a thousand passes this by chance, whatever few runs the noise rests on; as a standard error times four. */
const doubtOf = ({ baseline, noise: { sigma, n } }: Perch): number =>
  n < 2 || sigma === 0 ? 0 : (sigma * Math.sqrt(1 + 1 / baseline.n) * studentQuantile(0.999, n - 1)) / 4;

const NONE: Omit<CanaryScores, 'baseline'> = {
  knownBad: [],
  knownGood: [],
  impossible: [],
  noOp: [],
  leaks: [],
};

const scoresOf = (canary: Canary, score: number, perch: Perch): CanaryScores => {
  const { direction, baseline } = perch;
  const expected = canary.kind === 'no-op' ? undefined : canary.expect;
  const bar = upward(direction, expected ?? baseline.value);
  const one = { score: upward(direction, score), se: doubtOf(perch) };
  const scores = { ...NONE, baseline: bar };
  switch (canary.kind) {
    case 'no-op':
      return { ...scores, noOp: [one] };
    case 'known-bad':
      return { ...scores, knownBad: [one] };
    case 'known-good':
      return { ...scores, knownGood: [one] };
    case 'impossible':
      return { ...scores, impossible: [{ ...one, ceiling: bar }] };
  }
};

const nameOf = (canary: Canary): string =>
  canary.kind === 'no-op' ? 'no-op (the unchanged artifact)' : `${canary.path} (${canary.kind})`;

/** A canary that is caught or fails is not believed; one that ought to do well must run. */
const mayFail = ({ kind }: Canary): boolean => kind === 'known-bad' || kind === 'impossible';

/** Why a canary was touched by this run of it, in words; null: it sings. */
export const judgeCanary = (
  canary: Canary,
  run: Pick<Measurement, 'status' | 'value' | 'detail'>,
  perch: Perch,
): string | null => {
  const name = `canary ${nameOf(canary)}`;
  if (run.status !== 'ok' && !mayFail(canary)) return `${name} ended as ${run.status}: ${run.detail}`;
  // one that was caught lying is held against what the evaluator gave it all the same
  if (run.value === null) return null;
  const [breach] = canaryBreaches(scoresOf(canary, run.value, perch));
  if (breach === undefined) return null;
  const { baseline, noise } = perch;
  const expected =
    canary.kind === 'no-op' || canary.expect === undefined ? '' : `, expected ${formatValue(canary.expect)}`;
  const spread =
    noise.n < 2
      ? '; the noise of one run is not known, acceptance.repeats: 3 measures it'
      : `, noise of one run ${formatSpread(noise.sigma)}`;
  return `${name}: ${breach.why}: it scored ${formatValue(run.value)}${expected}, the baseline ${formatValue(baseline.value)}${spread}`;
};

/** The canaries of a task, the unchanged artifact first. */
export const withNoOp = (canaries: readonly Canary[]): Canary[] => [
  { kind: 'no-op' },
  ...canaries.filter(({ kind }) => kind !== 'no-op'),
];
