import { incompleteBeta } from '../distributions/incomplete-beta.js';
import { counted } from '../format.js';

/** Runs of the unchanged artifact, and how many of them crashed. */
export interface Crashes {
  runs: number;
  crashes: number;
}

/** What stands as an incumbent must run more often than not: else a candidate's crash says nothing against it. */
const isTooOften = ({ runs, crashes }: Crashes): boolean => crashes > 0 && 2 * crashes >= runs;

/** Why no loop starts from an artifact that crashes so often, and what to do; null: one does. */
export const unstartable = (seen: Crashes): string | null =>
  isTooOften(seen)
    ? `the unchanged artifact crashed in ${String(seen.crashes)} of ${counted(seen.runs, 'run')}; where that is half of them or more no loop starts. Mend the crash: other repeats do not help`
    : null;

/**
 * The chance that a loop starts from an artifact with this crash rate. Its first run must go well; then as many scores
 * as are wanted must come in before as many crashes: at most `wanted` - 1 of the next 2 `wanted` - 2 runs crash.
 */
export const startShare = (rate: number, wanted: number): number => {
  if (rate === 0) return 1;
  if (wanted < 2) return 1 - rate;
  return (1 - rate) * (1 - incompleteBeta(rate, wanted, wanted - 1));
};
