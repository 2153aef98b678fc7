import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { UserError } from '../../../src/contract/user-error.js';
import { patiently } from '../../../src/workers/patiently.js';

beforeEach(() => {
  vi.spyOn(console, 'error').mockReturnValue();
});

afterEach(() => {
  vi.restoreAllMocks();
});

const failing = (error: Error, times: number) => {
  let calls = 0;
  return async (): Promise<number> => {
    calls += 1;
    if (calls <= times) throw error;
    return calls;
  };
};

test('a server that is not up yet is tried again until it answers', async () => {
  const result = patiently('ledger', failing(new Error('ECONNREFUSED'), 3), 1);
  expect(await result).toBe(4);
});

test("a user's mistake is not tried again", async () => {
  const mistake = new UserError('is newer than this code', 'ledger', 'Update autolift.');
  await expect(patiently('ledger', failing(mistake, 1), 1)).rejects.toBe(mistake);
});

test('a mistake that may be a server that still starts is tried again', async () => {
  const cause = Object.assign(new Error('starting'), { code: '57P03' });
  const error = Object.assign(new UserError('still starting', 'ledger', 'Wait.'), { cause });
  const result = patiently('ledger', failing(error, 1), 1);
  expect(await result).toBe(2);
});
