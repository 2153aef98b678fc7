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

const pairsOf = (kept: Kept, direction: Direction): number[] => {
  const { measurements } = kept.row;
  const theirs = new Map(
    measurements
      .filter((one) => one.role === 'incumbent' && one.commit === kept.over.commit && usable(one))
      .map(({ index, value }) => [index, value as number]),
  );
  return measurements.flatMap(({ role, index, value, status }) => {
    const other = theirs.get(index);
    if (role !== 'candidate' || index === 0 || index === GUARD_INDEX || status !== 'ok') return [];
    if (value === null || other === undefined) return [];
    return [gain({ value, direction }, { value: other, direction })];
  });
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

/**
 * What a keep came to when it and the incumbent that it replaced were measured again. Runs that nobody decided by come
 * first: re-runs elsewhere in the record, then pairs of its own experiment, then re-runs of one side alone.
 */
export const remeasure = (loop: RecordedLoop, kept: Kept, sigma: number | null): Remeasured | null => {
  const { direction } = loop.metric;
  const pairs = pairsOf(kept, direction);
  const decidedBy = kept.used.some(({ role, index }) => role === 'incumbent' && index > 0);
  const elsewhere = [
    ...loop.reruns,
    ...loop.experiments.flatMap((row) => (row === kept.row ? [] : row.measurements)),
    ...kept.row.measurements.filter(({ index }) => index === GUARD_INDEX),
  ];
  const ours = freshValues(elsewhere, kept.commit);
  const rerun = freshValues(elsewhere, kept.over.commit);
  const theirs = [...freshValues(loop.baseline, kept.over.commit), ...rerun];
  if (ours.length > 0 && theirs.length > 0 && (pairs.length === 0 || decidedBy)) {
    const found = gain({ value: mean(ours), direction }, { value: mean(theirs), direction });
    const interval = rerunInterval(ours, theirs, { gain: found, sigma });
    return { how: 're-runs', n: ours.length + theirs.length, gain: found, interval, decidedBy: false };
  }
  if (pairs.length > 0) {
    const interval = pairInterval(pairs, sigma);
    return { how: 'pairs', n: pairs.length, gain: mean(pairs), interval, decidedBy };
  }
  // the baseline's own runs are the standing that it was compared with
  const found = oneSided(kept, { ours, theirs: rerun }, { direction, sigma });
  return found === null ? null : { how: 're-runs', decidedBy: false, ...found };
};
