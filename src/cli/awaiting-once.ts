import type { LoopStatus } from '../contract/loop.js';

type Awaiting = LoopStatus['awaitingApproval'][number];

/** Hands out each candidate that waits for a person once for each time that it begins to wait. */
export const awaitingOnce = (): ((status: LoopStatus) => Awaiting[]) => {
  let told = new Set<number>();
  return ({ awaitingApproval }) => {
    const fresh = awaitingApproval.filter(({ experiment }) => !told.has(experiment));
    told = new Set(awaitingApproval.map(({ experiment }) => experiment));
    return fresh;
  };
};
