import type { LoopState } from '../../contract/loop.js';
import { whatStands } from '../promotion/what-stands.js';

type State = Pick<LoopState, 'trunk' | 'incumbent' | 'baseline' | 'baselineStood'>;

/** What the loop believes of the unchanged artifact: with all later runs of it for as long as it stood. */
export const baselineNow = (state: State): LoopState['baseline'] => {
  const stands = whatStands(state);
  if (state.baseline !== null && stands?.experiment === 0) return { value: stands.value, n: stands.n };
  return state.baselineStood ?? state.baseline;
};
