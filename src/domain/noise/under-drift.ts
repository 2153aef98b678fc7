import type { Random } from '../random.js';
import type { CopyRuns } from './judge-copy.js';

/** A candidate meets a score that is up to so many runs old: an incumbent stands until something is kept. */
const OLDEST = 20;

/** How many runs lie between the last one of the baseline and a candidate's first; none is drawn where nothing drifts. */
export const ageOf = (perRun: number, draws: Random): number => (perRun === 0 ? 0 : draws.int(OLDEST));

/** The baseline's repeats, made before all else. */
export const baselineUnderDrift = (values: readonly number[], perRun: number): number[] =>
  values.map((value, at) => value + perRun * (at - values.length));

/** The same runs, each as far down the line as its turn: a trial asks for them in the order in which a loop makes them. */
export const underDrift = (run: CopyRuns, perRun: number, age: number): CopyRuns => {
  if (perRun === 0) return run;
  const asked = new Map<string, number>();
  return (arm, index) => {
    const key = `${String(arm)}/${String(index)}`;
    const turn = asked.get(key) ?? asked.size;
    asked.set(key, turn);
    const value = run(arm, index);
    return value === null ? null : value + perRun * (age + turn);
  };
};

/** A line that helps today hurts tomorrow, so the way that keeps more copies counts. */
export const worseOf = <T extends { rate: number }>(found: T, turned: T): T =>
  turned.rate > found.rate ? turned : found;

export const worseWay = <T extends { rate: number }>(perRun: number, test: (perRun: number) => T): T =>
  perRun === 0 ? test(0) : worseOf(test(perRun), test(-perRun));
