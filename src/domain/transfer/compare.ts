import type { Acceptance } from '../../contract/task-schema.js';
import { studentCdf, studentQuantile } from '../distributions/student-t.js';
import { logE } from '../evidence/evidence.js';
import { type Direction, gain } from '../score.js';
import { mean, standardDeviation, standardError } from '../statistics.js';

/** Both runs on one seed of a study; null: that one failed. */
export interface ScoredPair {
  with: number | null;
  without: number | null;
}

/** What pairs on one class say of a change there; gains are in units of the metric, better is above 0. */
export interface Compared {
  /** with a score on both sides */
  pairs: number;
  /** it failed where the artifact without it ran */
  failed: number;
  /** the artifact without it failed */
  unusable: number;
  gain: number | null;
  /** of 95 %, by Student's t; null below two pairs */
  interval: [number, number] | null;
  /** e-value of "it is better", by the process `t`: those of studies on other seeds may be multiplied */
  e: number;
  /** gain and interval as a part of what the artifact without it scores on this very class */
  relative: number | null;
  relativeInterval: [number, number] | null;
  /** the task's minEffect, on this class */
  minimum: number;
  /** below it a gain is none: the minimum, and never less than half the noise of a pair on this class */
  least: number;
  /** chance of such pairs if it gained nothing; and if it gained the least that is one */
  pNothing: number;
  pLeast: number;
}

/** Pairs from which on anything is said. */
export const LEAST_PAIRS = 3;

const tail = (t: number, df: number): number => 1 - studentCdf(t, df);

/** One-sided Student's t against a mean of `at`; without any spread the mean itself says it. */
const chance = (above: number, error: number, df: number): number => {
  if (df < LEAST_PAIRS - 1) return 1;
  if (error === 0) return above > 0 ? 0 : 1;
  return tail(above / error, df);
};

const NO_OPTIONS = { sd: 1, delta: 1, tau: 1, bound: 1 };

const minimumOf = ({ minEffect }: Pick<Acceptance, 'minEffect'>, without: number): number =>
  minEffect.relative ? minEffect.value * Math.abs(without) : minEffect.value;

const intervalOf = (centre: number, error: number, df: number): [number, number] => {
  const half = studentQuantile(0.975, df) * error;
  return [centre - half, centre + half];
};

/** Of pairs that were all made on one class. */
export const compare = (
  all: readonly ScoredPair[],
  { direction, acceptance }: { direction: Direction; acceptance: Pick<Acceptance, 'minEffect'> },
): Compared => {
  const scored = all.flatMap((pair) =>
    pair.with === null || pair.without === null ? [] : [{ with: pair.with, without: pair.without }],
  );
  const d = scored.map((pair) => gain({ value: pair.with, direction }, { value: pair.without, direction }));
  const before = scored.length === 0 ? 0 : mean(scored.map(({ without }) => without));
  const counts = {
    pairs: d.length,
    failed: all.filter((pair) => pair.with === null && pair.without !== null).length,
    unusable: all.filter((pair) => pair.without === null).length,
  };
  const [centre, error, df] = [d.length === 0 ? 0 : mean(d), standardError(d), d.length - 1];
  const minimum = minimumOf(acceptance, before);
  const least = Math.max(minimum, 0.5 * standardDeviation(d));
  const interval = d.length < 2 ? null : intervalOf(centre, error, df);
  const part = (value: number): number => value / Math.abs(before);
  const hasParts = before !== 0 && d.length > 0;
  return {
    ...counts,
    gain: d.length === 0 ? null : centre,
    interval,
    e: d.length === 0 ? 1 : Math.exp(logE('t', d, NO_OPTIONS)),
    relative: hasParts ? part(centre) : null,
    relativeInterval: hasParts && interval !== null ? [part(interval[0]), part(interval[1])] : null,
    minimum,
    least,
    pNothing: chance(centre, error, df),
    // without any spread a gain of exactly the least is one
    pLeast: error === 0 && centre <= 0 && df >= LEAST_PAIRS - 1 ? 0 : chance(least - centre, error, df),
  };
};
