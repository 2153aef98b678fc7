import type { Incumbent, LoopState } from '../../contract/loop.js';

/** The artifact that a loop vouches for: the trunk where there is one, never a provisional head. */
export const whatStands = ({ trunk, incumbent }: Pick<LoopState, 'trunk' | 'incumbent'>): Incumbent | null =>
  trunk ?? incumbent;
