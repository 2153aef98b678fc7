import type { LoopState } from '../../contract/loop.js';
import type { Ready } from '../../contract/proposal.js';

/** A candidate that a loop has taken in: under way, waiting, or settled a moment ago. */
export type TakenIn = Pick<Ready, 'experiment' | 'tree' | 'steering'>;

const shareOf = ({ steering }: TakenIn): number => steering?.fidelity ?? 1;

/**
 * The first of those taken in that has the candidate's files and gets as much of a run; null: none. A known trial that is
 * to be measured again has a twin by intention.
 */
export const twinOf = (candidate: TakenIn, takenIn: Iterable<TakenIn>): number | null => {
  if (candidate.steering?.again !== undefined) return null;
  for (const one of takenIn) {
    const { experiment, tree } = one;
    if (experiment !== candidate.experiment && tree === candidate.tree && shareOf(one) >= shareOf(candidate))
      return experiment;
  }
  return null;
};

/** What a run of the workflow begins with: all that has no row. What has one is known to whoever proposes. */
export const withoutRow = ({
  waiting,
  awaiting,
  contests,
}: Pick<LoopState, 'waiting' | 'awaiting' | 'contests'>): Ready[] => [
  ...waiting,
  ...awaiting.map(({ prepared }) => prepared),
  ...(contests?.current?.arms ?? []),
];
