import type { Incumbent, Noise } from '../../contract/loop.js';
import type { PromotionState } from '../../contract/promotion.js';
import type { Acceptance } from '../../contract/task-schema.js';
import type { Direction } from '../score.js';
import { pairNoise } from './pair-noise.js';
import { promotionOptions } from './promotion-options.js';

/** What the next test goes by: the noise of pairs as measured so far, and effects relative to the present trunk. */
export const retune = (
  state: PromotionState,
  acceptance: Acceptance,
  { trunk, noise, direction }: { trunk: Incumbent; noise: Noise | null; direction: Direction },
): PromotionState =>
  noise === null
    ? state
    : {
        ...state,
        options: promotionOptions(acceptance, {
          direction,
          value: trunk.value,
          n: state.options.repeats,
          noise: pairNoise(noise, state.differences),
        }),
      };
