import type { Measurement } from '../../contract/measurement.js';
import { normalQuantile } from '../distributions/normal.js';
import { studentQuantile } from '../distributions/student-t.js';
import { gain, type Direction } from '../score.js';
import { mean, standardDeviation } from '../statistics.js';
import { GUARD_INDEX, type RecordedExperiment, type RecordedLoop } from './recorded.js';
import type { Remeasured } from './replayed.js';

interface Score {
  value: number;
  n: number;
}

export interface Kept {
  row: RecordedExperiment;
  commit: string;
  /** what it stood on once it was kept; null where nobody can say */
  score: Score | null;
  /** the incumbent that it replaced, as it stood */
  over: Score & { commit: string };
  /** what the rule looked at */
  used: readonly Measurement[];
}

const usable = ({ status, value }: Measurement): boolean => status === 'ok' && value !== null;

/** A run that chose nothing: not the screening run of a candidate. */
const isFresh = (one: Measurement): boolean => usable(one) && (one.role !== 'candidate' || one.index > 0);

const freshValues = (measurements: readonly Measurement[], commit: string): number[] =>
  measurements.filter((one) => one.commit === commit && isFresh(one)).map(({ value }) => value as number);

/** Of its own experiment, as far as they were made at one time. */
const pairsOf = (kept: Kept, direction: Direction): number[] => {
  const { measurements, overtaken } = kept.row;
  const theirs = new Map(
    measurements
      .filter((one) => one.role === 'incumbent' && one.commit === kept.over.commit && usable(one))
      .map(({ index, value }) => [index, value as number]),
  );
  return measurements.flatMap(({ role, index, value, status }) => {
    const other = theirs.get(index);
    if (role !== 'candidate' || index === 0 || index === GUARD_INDEX || status !== 'ok') return [];
    if (index < (overtaken?.from ?? 0)) return [];
    if (value === null || other === undefined) return [];
    return [gain({ value, direction }, { value: other, direction })];
  });
};

/** Runs of both on one seed that were made beside each other elsewhere, and chose neither. */
const otherPairs = (loop: RecordedLoop, { row, commit, over }: Kept): number[] => {
  const { direction } = loop.metric;
  const groups = [loop.reruns, ...loop.experiments.map((one) => (one === row ? [] : one.measurements))];
  return groups.flatMap((runs) =>
    runs.flatMap((ours) => {
      if (ours.commit !== commit || !isFresh(ours) || ours.index === GUARD_INDEX) return [];
      const theirs = runs.find(
        (one) =>
          one.commit === over.commit && one.index === ours.index && one.seed === ours.seed && isFresh(one),
      );
      if (theirs === undefined) return [];
      const [value, other] = [ours.value as number, theirs.value as number];
      return [gain({ value, direction }, { value: other, direction })];
    }),
  );
};

const around = (centre: number, halfWidth: number): [number, number] => [
  centre - halfWidth,
  centre + halfWidth,
];

/** 95 %: Student's from the pairs themselves, or the known noise where there is one pair only. */
const pairInterval = (gains: readonly number[], sigma: number | null): [number, number] | null => {
  const n = gains.length;
  if (n > 1) {
    const error = standardDeviation(gains) / Math.sqrt(n);
    return around(mean(gains), studentQuantile(0.975, n - 1) * error);
  }
  return sigma === null ? null : around(mean(gains), normalQuantile(0.975) * sigma * Math.SQRT2);
};

/** 95 % of the difference of two means by the known noise; null where it isn't known. */
const knownInterval = (
  found: number,
  sigma: number | null,
  [n, m]: [number, number],
): [number, number] | null =>
  sigma === null ? null : around(found, normalQuantile(0.975) * sigma * Math.sqrt(1 / n + 1 / m));

/** Welch's interval of the difference of two means; the known noise where a side has one run. */
const rerunInterval = (
  a: readonly number[],
  b: readonly number[],
  at: { gain: number; sigma: number | null },
): [number, number] | null => {
  if (a.length > 1 && b.length > 1) {
    const [va, vb] = [standardDeviation(a) ** 2 / a.length, standardDeviation(b) ** 2 / b.length];
    const variance = va + vb;
    if (variance === 0) return [at.gain, at.gain];
    const df = variance ** 2 / (va ** 2 / (a.length - 1) + vb ** 2 / (b.length - 1));
    return around(at.gain, studentQuantile(0.975, df) * Math.sqrt(variance));
  }
  return knownInterval(at.gain, at.sigma, [a.length, b.length]);
};

type OneSided = Pick<Remeasured, 'n' | 'gain' | 'interval'> & { only: 'candidate' | 'incumbent' };

/** One side's re-runs beside the recorded score of the other. */
const oneSided = (kept: Kept, again: Again, { direction, sigma }: Scale): OneSided | null => {
  const { score, over } = kept;
  const between = (ours: Score, theirs: Score) => {
    const found = gain({ value: ours.value, direction }, { value: theirs.value, direction });
    return { gain: found, interval: knownInterval(found, sigma, [ours.n, theirs.n]) };
  };
  const scoreOf = (values: readonly number[]): Score => ({ value: mean(values), n: values.length });
  const { ours, theirs } = again;
  if (ours.length > 0) return { only: 'candidate', n: ours.length, ...between(scoreOf(ours), over) };
  if (theirs.length === 0 || score === null) return null;
  return { only: 'incumbent', n: theirs.length, ...between(score, scoreOf(theirs)) };
};

interface Again {
  ours: readonly number[];
  theirs: readonly number[];
}

interface Scale {
  direction: Direction;
  sigma: number | null;
}

const inPairs = (
  gains: readonly number[],
  { sigma, decidedBy }: { sigma: number | null; decidedBy: boolean },
): Remeasured => ({
  how: 'pairs',
  n: gains.length,
  gain: mean(gains),
  interval: pairInterval(gains, sigma),
  decidedBy,
});

/** Re-runs of both wherever the record has some, or of one side beside the other's recorded score. */
const apart = (loop: RecordedLoop, kept: Kept, { direction, sigma }: Scale): Remeasured | null => {
  const elsewhere = [
    ...loop.reruns,
    ...loop.experiments.flatMap((row) => (row === kept.row ? [] : row.measurements)),
    ...kept.row.measurements.filter(({ index }) => index === GUARD_INDEX),
  ];
  const ours = freshValues(elsewhere, kept.commit);
  const rerun = freshValues(elsewhere, kept.over.commit);
  const theirs = [...freshValues(loop.baseline, kept.over.commit), ...rerun];
  if (ours.length > 0 && theirs.length > 0) {
    const found = gain({ value: mean(ours), direction }, { value: mean(theirs), direction });
    const interval = rerunInterval(ours, theirs, { gain: found, sigma });
    return { how: 're-runs', n: ours.length + theirs.length, gain: found, interval, decidedBy: false };
  }
  // the baseline's own runs are the standing that it was compared with
  const found = oneSided(kept, { ours, theirs: rerun }, { direction, sigma });
  return found === null ? null : { how: 're-runs', decidedBy: false, ...found };
};

/**
 * What a keep came to when it and the incumbent that it replaced were measured again. Pairs that nobody decided by come
 * first, then pairs of its own experiment. Runs apart in time are shown where there are no pairs: what drifts between
 * them looks like a gain, so they say nothing of what was real.
 */
export const remeasure = (loop: RecordedLoop, kept: Kept, sigma: number | null): Remeasured | null => {
  const { direction } = loop.metric;
  const pairs = pairsOf(kept, direction);
  const decidedBy = kept.used.some(({ role, index }) => role === 'incumbent' && index > 0);
  const others = otherPairs(loop, kept);
  if (others.length > 0 && (pairs.length === 0 || decidedBy))
    return inPairs(others, { sigma, decidedBy: false });
  if (pairs.length > 0) return inPairs(pairs, { sigma, decidedBy });
  return apart(loop, kept, { direction, sigma });
};
