import type { LoopRecord } from '../contract/ledger.js';
import type { ForkedFrom } from '../contract/loop.js';
import { TRUSTS_CLAIMS } from '../contract/trust-claims.js';
import { UserError } from '../contract/user-error.js';

/** What a fork takes over from the loop that it leaves; refused for a candidate that cheated there. */
export const forkedFrom = ({ loop: old, experiments, events }: LoopRecord, number: number): ForkedFrom => {
  const row = experiments.find(({ experiment }) => experiment === number);
  if (row?.outcome === 'tampered')
    throw new UserError(
      `experiment ${String(number)} tampered with its score, so no loop can start from it: ${row.reason}`,
      old.loop,
      `\`autolift export ${old.loop}\` lists its experiments.`,
    );
  const trustClaims =
    old.input.forkedFrom?.trustClaims === true || events.some(({ text }) => text === TRUSTS_CLAIMS);
  return { loop: old.loop, experiment: number, trustClaims };
};
