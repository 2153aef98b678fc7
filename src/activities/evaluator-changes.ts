import type { ControlActivities } from '../contract/activities.js';
import { dataName } from '../contract/loop-source.js';
import { dataFile } from '../storage/evaluator/environment.js';

interface Seen {
  hash: string;
  /** when it may be looked at again, in milliseconds */
  again: number;
}

/** To look costs at most a twentieth of the time: libraries in `run.read` have ten thousands of files. */
const REST = 20;

/** What the evaluator reads beside its commit, against what it was when the loop began; what is not here can't tell. */
export const createEvaluatorChanges = (
  now: () => number = Date.now,
): ControlActivities['evaluatorChanges'] => {
  const seen = new Map<string, Seen>();
  const hashOf = async (named: string, taskFolder: string | null): Promise<string> => {
    const key = JSON.stringify([named, taskFolder]);
    const known = seen.get(key);
    const began = now();
    if (known !== undefined && began < known.again) return known.hash;
    const [, hash] = await dataFile(named, taskFolder);
    const ended = now();
    seen.set(key, { hash, again: ended + REST * (ended - began) });
    return hash;
  };
  return async ({ source, read }) => {
    const changed: string[] = [];
    for (const named of read) {
      const before = source.environment?.[dataName(named)];
      const after = await hashOf(named, source.taskFolder);
      if (before !== undefined && after !== 'missing' && before !== after) changed.push(named);
    }
    return { changed };
  };
};
