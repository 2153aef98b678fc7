import type { Loop } from './loop.js';

/** Whether this commit carries the incumbent's tree: the candidate itself, or the branch's tip that holds it. */
export const isCurrent = ({ state, input }: Loop, commit: string): boolean =>
  state.incumbent === null
    ? commit === input.source.baseCommit
    : commit === state.incumbent.commit || commit === state.incumbent.branchCommit;
