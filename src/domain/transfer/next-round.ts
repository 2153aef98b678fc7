import type { Artifact, MadeRun } from '../../contract/transfer.js';

/** Rounds after which it is known that nothing varies, or that an artifact doesn't run at all. */
const ENOUGH = 3;

const runsOf = (made: readonly MadeRun[], name: string): MadeRun[] =>
  made.filter(({ artifact }) => artifact === name);

/** Whether it has failed on each of its first seeds: it doesn't run there, and more of them say no more. */
const isHopeless = (runs: readonly MadeRun[]): boolean =>
  runs.length >= ENOUGH && runs.every(({ status }) => status !== 'ok');

const isStill = (runs: readonly MadeRun[]): boolean =>
  runs.length >= ENOUGH &&
  runs.every(({ status, value }) => status === runs[0]?.status && value === runs[0].value);

export interface Round {
  pair: number;
  artifacts: Artifact[];
}

/**
 * What is to be run next on a class, given its runs so far; null: nothing. Neighbours on the branch run one after the other,
 * back and forth by the round, so that what drifts meanwhile falls on both alike.
 */
export const nextRound = (
  artifacts: readonly Artifact[],
  made: readonly MadeRun[],
  pairs: number,
): Round | null => {
  const by = artifacts.map((artifact) => ({ artifact, runs: runsOf(made, artifact.name) }));
  if (by.every(({ runs }) => isStill(runs))) return null;
  const [first] = by;
  if (first === undefined || isHopeless(first.runs)) return null;
  for (let pair = 0; pair < pairs; pair++) {
    const missing = by
      .filter(({ runs }) => !isHopeless(runs) && !runs.some((run) => run.pair === pair))
      .map(({ artifact }) => artifact);
    if (missing.length > 0) return { pair, artifacts: pair % 2 === 0 ? missing : missing.toReversed() };
  }
  return null;
};
