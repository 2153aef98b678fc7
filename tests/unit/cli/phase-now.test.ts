import { expect, test } from 'vitest';
import { asEnded, phaseNow } from '../../../src/cli/phase-now.js';
import { loopRecord } from '../../support/loop-record.js';
import { loopStatus } from '../../support/loop-status.js';

/** No control worker answers, so that the ledger speaks; the server still knows how the workflow is. */
const engine = (name: string, finished: boolean) =>
  ({
    client: { workflow: { getHandle: () => ({ describe: () => Promise.resolve({ status: { name } }) }) } },
    ledger: { record: () => Promise.resolve(loopRecord({ experiments: 3, finished })) },
  }) as unknown as Parameters<typeof phaseNow>[0];

test('a loop that the ledger knows to be over is not asked; others say what status says', async () => {
  expect(await phaseNow(engine('RUNNING', false), 'a/b', 'done')).toBe('done');
  expect(await phaseNow(engine('RUNNING', false), 'a/b', 'paused')).toBe('running');
  expect(await phaseNow(engine('COMPLETED', true), 'a/b', 'stopping')).toBe('done');
});

test('a loop whose workflow was terminated is failed in both, whatever it said last', async () => {
  expect(await phaseNow(engine('TERMINATED', false), 'a/b', 'paused')).toBe('failed');
  expect(asEnded(loopStatus({ phase: 'paused', note: 'lunch' }))).toMatchObject({
    phase: 'failed',
    note: 'its workflow was ended from outside',
  });
  expect(asEnded(loopStatus({ phase: 'done', note: 'enough' }))).toMatchObject({
    phase: 'done',
    note: 'enough',
  });
});
