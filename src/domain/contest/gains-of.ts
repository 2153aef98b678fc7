import type { ContestState } from '../../contract/contest.js';

type Tested = Pick<ContestState, 'blocks' | 'testedFrom'>;

/** An arm's values and the incumbent's on the seeds that it was tested on against it, in order. */
export const pairsOf = ({ blocks, testedFrom }: Tested, arm: number) =>
  blocks.slice(testedFrom ?? blocks.length).flatMap(({ seed, cells }) => {
    const [ours, theirs] = [cells[arm], cells[0]];
    return typeof ours === 'number' && typeof theirs === 'number' ? [{ seed, ours, theirs }] : [];
  });

/** Its gains over the incumbent, seed by seed. */
export const gainsOf = (state: Tested, arm: number): number[] =>
  pairsOf(state, arm).map(({ ours, theirs }) => ours - theirs);
