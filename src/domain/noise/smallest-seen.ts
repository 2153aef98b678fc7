import { normalDraw } from '../distributions/normal-draw.js';
import { guardedStep } from '../evidence/guarded-step.js';
import { keepStep, startTest, type SequentialTest } from '../evidence/keep-step.js';
import { random } from '../random.js';

/** What a test is asked to see. */
export interface View {
  /** with its own nmax: the pairs that there are */
  test: SequentialTest;
  /** as promotions are tested: `z` and `mz` keep only what the differences themselves bear out */
  guarded: boolean;
  /** standard deviation of one difference */
  sd: number;
  /** share of runs that fail: a pair in which the candidate alone does counts as the worst loss */
  failing: number;
  /** chance that the gain is seen */
  power: number;
}

/** Tests that are played for each gain: a standard error of 2 % at a power of 80 %. */
const TESTS = 400;
/** Gains are looked for up to so many standard deviations of a difference, and to 2 %. */
const LARGEST = 32;
const STEPS = 12;

/** Differences of one test without a gain, in standard deviations; null: spoilt, Infinity: lost by a failure. */
const streams = ({ test, failing }: View): (number | null)[][] =>
  Array.from({ length: TESTS }, (_, stream) => {
    const draws = random('smallest seen', stream);
    return Array.from({ length: test.nmax }, () => {
      const [left, right] = [draws.next() < failing, draws.next() < failing];
      const noise = normalDraw(draws);
      return right ? null : left ? -Infinity : noise;
    });
  });

/** A first promotion: no pairs of earlier ones speak of the spread. */
const NONE_BEFORE = { squares: 0, df: 0 };

const isSeen = ({ test, sd, guarded }: View, stream: readonly (number | null)[], gain: number): boolean => {
  const alone = { ...test, before: NONE_BEFORE };
  let state = startTest(test);
  for (const noise of stream) {
    if (noise === null) continue;
    const d = noise === -Infinity ? -test.options.bound : gain + sd * noise;
    const { decision, state: next } = guarded ? guardedStep(alone, state, d) : keepStep(test, state, d);
    if (decision !== 'more') return decision === 'keep';
    state = next;
  }
  return false;
};

/**
 * The smallest gain that a test sees with the wanted chance, in units of the metric: found by playing the test itself, with
 * its process, its guard, its futility and its last pair, on normal differences. A formula for any of these alone says too little. Null:
 * no gain is seen so often. Seeded; the same streams are shifted by each gain, so that more of it is never seen less.
 */
export const smallestSeen = (view: View): number | null => {
  const { sd, power } = view;
  const played = streams(view);
  const enough = (gain: number): boolean =>
    played.filter((stream) => isSeen(view, stream, gain)).length >= power * TESTS;
  if (!enough(LARGEST * sd)) return null;
  let [low, high] = [LARGEST / 2 ** STEPS, LARGEST];
  while (high / low > 1.02) {
    const middle = Math.sqrt(low * high);
    if (enough(middle * sd)) high = middle;
    else low = middle;
  }
  return high * sd;
};
