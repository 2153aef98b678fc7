import { expect, test } from 'vitest';
import type { Engine } from '../../../src/cli/engine.js';
import { unread } from '../../../src/cli/commands/steer.js';
import type { Task } from '../../../src/contract/task-schema.js';
import { loopRecord } from '../../support/loop-record.js';

const ledgerWith = (proposer: Task['proposer']): Pick<Engine, 'ledger'> => {
  const record = loopRecord({ experiments: 1 });
  record.loop.input.task.proposer = proposer;
  return { ledger: { record: () => Promise.resolve(record) } } as unknown as Pick<Engine, 'ledger'>;
};

test('a hint to a loop whose proposers are all mutate is said to be read by nobody', async () => {
  expect(await unread(ledgerWith({ kind: 'mutate' } as Task['proposer']), 'a/b')).toEqual([
    expect.stringMatching(/mutate reads no hints/),
  ]);
  const mixed = [{ kind: 'mutate' }, { kind: 'openai', model: 'm' }] as Task['proposer'];
  expect(await unread(ledgerWith(mixed), 'a/b')).toEqual([]);
});
