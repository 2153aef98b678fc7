import type { Incumbent } from '../../contract/incumbent.js';
import type { KnownCurve } from '../../contract/known-curve.js';
import type { RunRecord } from '../../contract/measurement.js';
import type { Curve } from './hopeless.js';

/** Beside the incumbent's: candidates whose verdict may still be out. */
const MOST = 32;

type Run = Pick<RunRecord, 'commit' | 'deviceClass' | 'status' | 'course'>;

/** Means of two curves, part by part; a part that one of them lacks is the other's. */
const merge = (known: KnownCurve, curve: Curve): KnownCurve => {
  const { n } = known;
  const length = Math.max(known.curve.length, curve.length);
  const cells = Array.from({ length }, (_, at) => {
    const [a, b] = [known.curve[at] ?? null, curve[at] ?? null];
    if (a === null || b === null) return a ?? b;
    return Number(((a * n + b) / (n + 1)).toPrecision(6));
  });
  return { ...known, n: n + 1, curve: cells };
};

/** What is known of learning curves with one more run; those of one commit on one class of devices are averaged. */
export const rememberCurve = (
  known: readonly KnownCurve[],
  run: Run,
  incumbent: Incumbent | null,
): readonly KnownCurve[] => {
  const { commit, deviceClass } = run;
  const curve = run.course?.curve;
  if (run.status !== 'ok' || curve == null || curve.length === 0) return known;
  const isSame = (one: KnownCurve): boolean => one.commit === commit && one.deviceClass === deviceClass;
  const before = known.find(isSame);
  const now = before === undefined ? { commit, deviceClass, n: 1, curve: [...curve] } : merge(before, curve);
  const others = known.filter((one) => !isSame(one));
  const kept = others.filter((one) => one.commit === incumbent?.commit);
  const rest = others.filter((one) => one.commit !== incumbent?.commit);
  return [...kept, ...rest.slice(1 - MOST), now];
};

/** The incumbent's curve on a class of devices; empty: none is known. Those of other classes say nothing of it. */
export const incumbentCurve = (
  known: readonly KnownCurve[] | undefined,
  incumbent: Incumbent | null,
  deviceClass: string,
): (number | null)[] => [
  ...(known?.find((one) => one.commit === incumbent?.commit && one.deviceClass === deviceClass)?.curve ?? []),
];
