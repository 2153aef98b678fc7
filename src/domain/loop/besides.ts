import type { LoopState } from '../../contract/loop.js';

/** A loop's state as if what is reserved were spent: what is left then is nobody's yet. */
export const besides = (state: LoopState, reserved: readonly { deviceSeconds: number }[]): LoopState => {
  const deviceSeconds = reserved.reduce((sum, one) => sum + one.deviceSeconds, state.spent.deviceSeconds);
  return { ...state, spent: { ...state.spent, deviceSeconds } };
};
