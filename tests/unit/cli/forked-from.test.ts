import { expect, test } from 'vitest';
import { forkedFrom } from '../../../src/cli/forked-from.js';
import type { LoopRecord } from '../../../src/contract/ledger.js';
import { TRUSTS_CLAIMS } from '../../../src/contract/trust-claims.js';
import { UserError } from '../../../src/contract/user-error.js';
import { loopRecord } from '../../support/loop-record.js';

const record = loopRecord({ experiments: 3 });
const { loop } = record.loop;

const withOutcome = (outcome: 'tampered' | 'discard'): LoopRecord => ({
  ...record,
  experiments: record.experiments.map((row) =>
    row.experiment === 2 ? { ...row, outcome, reason: 'claimed x=0, measured 3' } : row,
  ),
});

test('a fork from a candidate that tampered is refused, and says what it did', () => {
  expect(() => forkedFrom(withOutcome('tampered'), 2)).toThrow(UserError);
  expect(() => forkedFrom(withOutcome('tampered'), 2)).toThrow(/claimed x=0, measured 3/);
  expect(forkedFrom(withOutcome('tampered'), 1)).toEqual({ loop, experiment: 1, trustClaims: false });
  expect(forkedFrom(withOutcome('discard'), 2)).toEqual({ loop, experiment: 2, trustClaims: false });
});

test('what the old loop learnt of its own artifact goes on in its forks, and in theirs', () => {
  const event = { loop, seq: 99, kind: 'notice' as const, text: TRUSTS_CLAIMS, at: 1 };
  const learnt = forkedFrom({ ...record, events: [...record.events, event] }, 1);
  expect(learnt.trustClaims).toBe(true);
  const input = { ...record.loop.input, forkedFrom: learnt };
  expect(forkedFrom({ ...record, loop: { ...record.loop, input } }, 1).trustClaims).toBe(true);
});
