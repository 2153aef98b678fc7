import { expect, test } from 'vitest';
import { injectionFinding } from '../../../../src/domain/gates/canary.js';
import { NO_CALLS } from '../../../../src/domain/mechanism/mechanism-record.js';

const LIVE = { ...NO_CALLS, calls: 6, nonIdentity: 3 };

test('within five trials it has to be called and to ask for something', () => {
  expect(injectionFinding(NO_CALLS, 4)).toBeNull();
  expect(injectionFinding(NO_CALLS, 5)).toMatchObject({
    verdict: 'inert',
    reason: 'in 5 trials it was never called',
  });
  expect(injectionFinding({ ...NO_CALLS, calls: 5 }, 5)).toMatchObject({ verdict: 'inert' });
  expect(injectionFinding(LIVE, 5)).toBeNull();
});
