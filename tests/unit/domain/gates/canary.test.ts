import { expect, test } from 'vitest';
import { injectionFinding } from '../../../../src/domain/gates/canary.js';
import { NO_CALLS } from '../../../../src/domain/mechanism/mechanism-record.js';

const LIVE = { ...NO_CALLS, calls: 6, nonIdentity: 3, complied: 1 };

test('within five trials it has to be called and to change something', () => {
  expect(injectionFinding(NO_CALLS, 4)).toBeNull();
  expect(injectionFinding(NO_CALLS, 5)).toMatchObject({
    verdict: 'inert',
    reason: 'in 5 trials it was never called',
  });
  expect(injectionFinding({ ...NO_CALLS, calls: 5 }, 5)).toMatchObject({ verdict: 'inert' });
  expect(injectionFinding(LIVE, 5)).toBeNull();
});

test('to ask five times and never to have its way is to change nothing', () => {
  const unheard = { ...LIVE, nonIdentity: 4, complied: 0 };
  expect(injectionFinding(unheard, 9)).toBeNull();
  expect(injectionFinding({ ...unheard, nonIdentity: 5 }, 9)).toMatchObject({
    verdict: 'inert',
    reason: 'it was called 6 times in 9 trials, asked for something 5 times, and never had its way',
  });
});
