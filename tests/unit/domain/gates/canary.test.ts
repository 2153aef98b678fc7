import { expect, test } from 'vitest';
import { canaryFinding, injectionFinding } from '../../../../src/domain/gates/canary.js';
import { NO_CALLS, recordFault } from '../../../../src/domain/mechanism/mechanism-record.js';

const LIVE = { ...NO_CALLS, calls: 6, nonIdentity: 3 };
const canary = { record: LIVE, trials: 6, d: [], stopped: false };

test('a mechanism that acts goes on', () => {
  expect(canaryFinding(canary)).toBeNull();
});

test('within five trials it has to be called and to ask for something', () => {
  expect(injectionFinding(NO_CALLS, 4)).toBeNull();
  expect(injectionFinding(NO_CALLS, 5)).toMatchObject({
    verdict: 'inert',
    reason: 'in 5 trials it was never called',
  });
  expect(injectionFinding({ ...NO_CALLS, calls: 5 }, 5)).toMatchObject({ verdict: 'inert' });
  expect(injectionFinding(LIVE, 5)).toBeNull();
});

test('a fault takes it out, with its words', () => {
  expect(canaryFinding({ ...canary, record: recordFault(LIVE, 'throw in observe: late') })).toMatchObject({
    gate: 'G8',
    reason: 'it broke in a real loop: throw in observe: late',
  });
});

test('the switch takes it out whatever it came to', () => {
  expect(canaryFinding({ ...canary, d: [1, 1, 1, 1, 1, 1], stopped: true })?.reason).toBe(
    'it was stopped by hand',
  );
});

test('harm takes it out as soon as it is beyond doubt', () => {
  const harm = [-0.2, -0.25, -0.22, -0.18, -0.21, -0.24, -0.2, -0.19, -0.23, -0.2];
  expect(canaryFinding({ ...canary, d: harm })?.reason).toBe(
    'its first 10 runs came to 0.21 less than runs without it',
  );
  expect(canaryFinding({ ...canary, d: harm.map((one) => -one) })).toBeNull();
  expect(canaryFinding({ ...canary, d: [-0.2, 0.3, 0.1, -0.4, 0.2] })).toBeNull();
});
