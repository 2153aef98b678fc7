import { expect, test } from 'vitest';
import { rememberChecks } from '../../../../src/activities/gates/remember-checks.js';
import type { GateReport } from '../../../../src/contract/gates.js';
import type { MechanismCheck } from '../../../../src/contract/mechanism-run.js';

const report: GateReport = { finding: null, passed: ['G0'], meta: null, fuel: 1, distance: 0.2 };

const counting = (answer: (asked: number) => Promise<GateReport>) => {
  const seen: MechanismCheck[] = [];
  const remembered = rememberChecks((one) => {
    seen.push(one);
    return answer(seen.length);
  });
  const check = (one: MechanismCheck) => remembered(one, new AbortController().signal);
  return { seen, check };
};

test('the same source beside the same incumbent is checked once, also while the first check goes on', async () => {
  const { seen, check } = counting(() => Promise.resolve(report));
  const both = [check({ source: 'a' }), check({ source: 'a' })];
  expect(await Promise.all(both)).toEqual([report, report]);
  await check({ source: 'a' });
  expect(seen).toHaveLength(1);
});

test('another source, or another incumbent, is another question', async () => {
  const { seen, check } = counting(() => Promise.resolve(report));
  for (const one of [{ source: 'a' }, { source: 'b' }, { source: 'a', incumbent: 'b' }]) await check(one);
  expect(seen).toHaveLength(3);
});

test('a check that broke down is no answer: the next one asks again', async () => {
  const { seen, check } = counting((asked) =>
    asked === 1 ? Promise.reject(new Error('no thread')) : Promise.resolve(report),
  );
  await expect(check({ source: 'a' })).rejects.toThrow('no thread');
  expect(await check({ source: 'a' })).toEqual(report);
  expect(seen).toHaveLength(2);
});

test('of many answers the oldest is forgotten', async () => {
  const { seen, check } = counting(() => Promise.resolve(report));
  for (let at = 0; at < 300; at++) await check({ source: String(at) });
  await check({ source: '299' });
  expect(seen).toHaveLength(300);
  await check({ source: '0' });
  expect(seen).toHaveLength(301);
});

test('whoever gives up stops waiting, and the last who does ends the check', async () => {
  const reasons: unknown[] = [];
  const check = rememberChecks(
    (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reasons.push(signal.reason);
          reject(new Error('the thread is gone'));
        });
      }),
  );
  const [one, other] = [new AbortController(), new AbortController()];
  const [first, second] = [check({ source: 'a' }, one.signal), check({ source: 'a' }, other.signal)];
  one.abort(new Error('cancelled'));
  await expect(first).rejects.toThrow('cancelled');
  expect(reasons).toEqual([]);
  other.abort(new Error('out of time'));
  await expect(second).rejects.toThrow('out of time');
  expect(reasons).toEqual([new Error('out of time')]);
});

test('what was given up is asked anew', async () => {
  let asked = 0;
  const check = rememberChecks(() => {
    asked += 1;
    return asked === 1 ? new Promise(() => undefined) : Promise.resolve(report);
  });
  const gone = AbortSignal.abort(new Error('cancelled'));
  await expect(check({ source: 'a' }, gone)).rejects.toThrow('cancelled');
  await expect(check({ source: 'a' }, new AbortController().signal)).resolves.toEqual(report);
});
