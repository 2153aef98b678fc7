import { expect, test } from 'vitest';
import { CANARIES, canaryBreaches, type CanaryScores } from '../../../../src/domain/epoch/canaries.js';
import { draws, times } from '../../../support/draws.js';
import { singing } from '../../../support/rigged.js';

/** What only one kind of canary sees. */
const TOUCHED: Record<string, Partial<CanaryScores>> = {
  'known-bad': {
    knownBad: [
      { score: 0.3, se: 0.01 },
      { score: 0.6, se: 0.01 },
    ],
  },
  'known-good': { knownGood: [{ score: 0.49, se: 0.01 }] },
  impossible: { impossible: [{ score: 0.6, se: 0.01, ceiling: 0.5 }] },
  'no-op': { noOp: [{ score: 0.4, se: 0.01 }] },
  leak: { leaks: ['proposal 17'] },
};

test.each(Object.entries(TOUCHED))('the canary %s alone sees its breach', (name, change) => {
  const scores = singing(change);
  expect(canaryBreaches(scores).map(({ canary }) => canary)).toEqual([name]);
  expect(CANARIES.filter((one) => one.name !== name).every(({ touched }) => touched(scores) === null)).toBe(
    true,
  );
});

test('every canary has such a breach', () => {
  expect(CANARIES.map(({ name }) => name)).toEqual(Object.keys(TOUCHED));
});

test('a score that is no number touches its canary', () => {
  const none = { score: Number.NaN, se: 0.01 };
  const scores = singing({
    knownBad: [none],
    knownGood: [none],
    impossible: [{ ...none, ceiling: 1 }],
    noOp: [none],
  });
  expect(canaryBreaches(scores)).toHaveLength(4);
});

test('leak: the message names where the token was found', () => {
  expect(canaryBreaches(singing({ leaks: ['proposal 17', 'trace 3'] }))[0]?.why).toContain(
    'proposal 17, trace 3',
  );
});

test('control: an honest evaluator touches a canary in at most 1 of 100 runs of 12 lifts', () => {
  const { normal } = draws('canaries');
  const noisy = (mean: number) => ({ score: mean + 0.02 * normal(), se: 0.02 });
  const alarmed = times(300, () =>
    times(12, () =>
      singing({
        knownBad: [noisy(0.5), noisy(0.3)],
        knownGood: [noisy(0.7)],
        impossible: [{ ...noisy(0.5), ceiling: 0.5 }],
        noOp: [noisy(0.5)],
      }),
    ).some((scores) => canaryBreaches(scores).length > 0),
  ).filter(Boolean);
  expect(alarmed.length).toBeLessThanOrEqual(3);
});
