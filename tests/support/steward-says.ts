import type { HoldoutAnswer, HoldoutQuery, HoldoutVerdict } from '../../src/contract/steward.js';

/** A steward's answer about a question; what is left isn't counted here. */
export const stewardSays = (
  verdict: HoldoutVerdict,
  { experiment }: Pick<HoldoutQuery, 'experiment'>,
  more: Partial<HoldoutAnswer> = {},
): HoldoutAnswer => ({
  v: 1,
  verdict,
  reason: null,
  record: String(experiment).padStart(64, 'd'),
  head: 'b'.repeat(64),
  left: { queries: 100, passes: 100 },
  signature: '',
  ...more,
});
