import { CancelledFailure } from '@temporalio/activity';
import { expect, test } from 'vitest';
import { askGates } from '../../../../src/activities/gates/ask-gates.js';
import type { Deps } from '../../../../src/activities/deps.js';
import type { Finding, GateReport } from '../../../../src/contract/gates.js';
import { quiet } from '../propose/workbench.js';

const CHECK = { source: 'for a test' };

/** Gates that come to no end, and what their signals were aborted with. */
const endless = (): Pick<Deps, 'checkMechanism'> & { aborted: unknown[]; asked: Promise<void> } => {
  const aborted: unknown[] = [];
  let begun: () => void;
  const asked = new Promise<void>((resolve) => (begun = resolve));
  const checkMechanism: Deps['checkMechanism'] = (_, signal) =>
    new Promise<GateReport>((_resolve, reject) => {
      begun();
      signal.addEventListener('abort', () => {
        aborted.push(signal.reason);
        reject(signal.reason as Error);
      });
    });
  return { checkMechanism, aborted, asked };
};

const attempted = async (attempt: number, milliseconds: number): Promise<Finding | null> =>
  await quiet({ attempt }).run(async () => await askGates(CHECK, endless(), { milliseconds, attempts: 3 }));

test('gates that come to no end are asked again, and the last attempt is a finding', async () => {
  await expect(attempted(1, 1)).rejects.toThrow('the gates did not come to an end');
  await expect(attempted(2, 1)).rejects.toThrow('the gates did not come to an end');
  for (const attempt of [3, 40])
    expect(await attempted(attempt, 1)).toMatchObject({
      gate: 'G5',
      verdict: 'rejected',
      reason: expect.stringContaining('in any of 3 attempts: do less in a call'),
    });
});

test('a failure of another kind stays one, in every attempt', async () => {
  const broken = { checkMechanism: () => Promise.reject(new Error('a bug')) };
  const last = quiet({ attempt: 3 }).run(
    async () => await askGates(CHECK, broken, { milliseconds: 60_000, attempts: 3 }),
  );
  await expect(last).rejects.toThrow('a bug');
});

test('a cancelled activity ends its check', async () => {
  const environment = quiet({ attempt: 3 });
  const gates = endless();
  const asking = environment.run(
    async () => await askGates(CHECK, gates, { milliseconds: 60_000, attempts: 3 }),
  );
  await gates.asked;
  environment.cancel();
  await expect(asking).rejects.toBeInstanceOf(CancelledFailure);
  expect(gates.aborted).toEqual([expect.any(CancelledFailure)]);
});
