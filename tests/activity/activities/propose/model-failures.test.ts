import { CancelledFailure } from '@temporalio/common';
import { expect, test } from 'vitest';
import type { Script } from '../../../support/model-server.js';
import { failureOf, GOOD, KEY, openai, start, TRAIN } from './model-bench.js';
import { LOOP, quiet, workbench } from './workbench.js';

test('a rate limit is retried after the time that the server asks for', async () => {
  const { bench } = await start([{ status: 429, retryAfter: '7' }]);
  const failure = await failureOf(bench);
  expect(failure).toMatchObject({ nonRetryable: false, type: 'ModelUnavailable', nextRetryDelay: 7000 });
  expect(bench.calls).toMatchObject([{ status: 'error', dollars: 0 }]);
});

test.each([500, 503])('a server error (%d) is retried', async (status) => {
  const { server, bench } = await start([{ status }]);
  expect(await failureOf(bench)).toMatchObject({ nonRetryable: false });
  expect(server.seen.length).toBe(1);
});

test('a call that takes too long, and a server that is not there, are retried', async () => {
  const { server, bench } = await start([{ hang: true }]);
  expect(await failureOf(bench, { timeout: 0.3 })).toMatchObject({ nonRetryable: false });
  await server.close();
  expect(await failureOf(bench)).toMatchObject({
    nonRetryable: false,
    message: expect.stringContaining('cannot be reached') as string,
  });
});

test.each([
  [{ status: 401, message: `Incorrect API key provided: ${KEY}` }, 'OPENAI_API_KEY'],
  [{ status: 403, message: 'no access' }, 'AUTOLIFT_MODEL'],
  [{ status: 404, message: 'model not found' }, 'AUTOLIFT_MODEL'],
  [{ status: 400, message: `context too long for ${KEY}` }, 'context too long'],
  [{ status: 429, code: 'insufficient_quota', message: 'pay' }, 'no quota left'],
  [{ status: 402, message: 'Payment Required' }, 'no quota left'],
  [{ status: 405, message: 'Method Not Allowed' }, 'OPENAI_BASE_URL'],
  [{ body: '<html>Welcome</html>' }, 'OPENAI_BASE_URL'],
  [{ body: '{"hello": 1}' }, 'OPENAI_BASE_URL'],
] as [Script, string][])(
  '%j cannot be mended by asking again and says what to change',
  async (script, words) => {
    const { bench } = await start([script]);
    expect(await failureOf(bench)).toMatchObject({
      nonRetryable: true,
      type: 'UserError',
      message: expect.stringContaining(words) as string,
    });
  },
);

test.each(['<html>Bad Gateway</html>', '{"hello": 1}', 'null'])(
  'a server that has answered well before and now says %s is asked again',
  async (body) => {
    const { bench } = await start([GOOD, { body }]);
    await bench.propose(bench.request(openai()));
    const failure = await failureOf(bench, {}, { experiments: [2] });
    expect(failure).toMatchObject({ nonRetryable: false, type: 'ModelUnavailable' });
  },
);

test('without a key and without a server nothing is asked', async () => {
  const bench = workbench({ 'train.py': TRAIN });
  const failure = await failureOf(bench, { model: 'toy' });
  expect(failure.message).toContain('OPENAI_API_KEY');
});

test('a call that could break the budget is not made', async () => {
  const { server, bench } = await start([GOOD]);
  const prices = { toy: { input: 1, output: 1000 } };
  const [one] = await bench.propose(bench.request(openai({ prices }), { dollarsLeft: 5 }));
  expect(one).toMatchObject({ status: 'over_budget', reason: expect.stringContaining('$8.0') as string });
  const [two] = await bench.propose(bench.request(openai(), { tokensLeft: 5000 }));
  expect(two?.status).toBe('over_budget');
  expect(server.seen.length).toBe(0);
  const [three] = await bench.propose(
    bench.request(openai({ prices }), { dollarsLeft: 9, experiments: [2] }),
  );
  expect(three?.status).toBe('ready');
});

test('a re-ask that could break the budget is not made either, and what was spent is told', async () => {
  const { server, bench } = await start([{ answer: 'nonsense '.repeat(4000) }]);
  const [one] = await bench.propose(bench.request(openai({ maxOutputTokens: 9000 }), { tokensLeft: 12_000 }));
  expect(one).toMatchObject({ status: 'over_budget', usage: { calls: 1, outputTokens: 9000 } });
  expect(server.seen.length).toBe(1);
});

test('a dollars budget with a model of unknown price is refused before any call', async () => {
  const { server, bench } = await start([GOOD]);
  const failure = await failureOf(bench, {}, { dollarsLeft: 5 });
  expect(failure).toMatchObject({ nonRetryable: true, message: expect.stringContaining('prices') as string });
  expect(server.seen.length).toBe(0);
});

test('what a failed attempt has paid is counted by the next one', async () => {
  const { bench } = await start([{ answer: 'nonsense' }, { status: 503 }, GOOD]);
  const request = bench.request(openai());
  const failing = quiet({ attempt: 1 });
  let details: unknown;
  failing.on('heartbeat', (one: unknown) => (details = one));
  await expect(bench.propose(request, failing)).rejects.toThrow('503');
  const [one] = await bench.propose(request, quiet({ attempt: 2, heartbeatDetails: details }));
  expect(one).toMatchObject({ status: 'ready', usage: { calls: 2 } });
  expect(bench.calls.map(({ key }) => key)).toEqual([`${LOOP}/1/1/0`, `${LOOP}/1/1/1`, `${LOOP}/1/2/0`]);
});

test('a cancelled proposal gives up at once', async () => {
  const environment = quiet();
  const { bench } = await start(() => {
    environment.cancel();
    return { hang: true };
  });
  await expect(bench.propose(bench.request(openai()), environment)).rejects.toBeInstanceOf(CancelledFailure);
});
