import { expect, test } from 'vitest';
import type { Differences } from '../../../../src/contract/promotion.js';
import { openPromotion } from '../../../../src/domain/acceptance/promotion.js';
import { noiseOfPairs } from '../../../../src/domain/promotion/noise-of-pairs.js';
import { normals } from '../../../support/normals.js';
import { OPTIONS } from './world.js';

const begun = openPromotion({ ...OPTIONS, guarded: true }, 'start').state;
/** The noise of a pair has sd 1, and rests on ten runs. */
const noise = { sigma: Math.SQRT1_2, n: 10 };
const found = (differences: Differences) => noiseOfPairs({ begun, now: { differences }, pairs: [] }, noise);

// quantiles of Fisher's F at 99 %, from its tables
test.each([
  [1, 10.56],
  [2, 8.02],
  [5, 6.06],
  [10, 5.26],
])(
  'pairs with %i degrees of freedom set the noise anew where their variance is %d times as large',
  (df, f) => {
    expect(found({ squares: 0.99 * f * df, df })).toBeNull();
    expect(found({ squares: 1.01 * f * df, df })?.noise).toMatchObject({ n: df + 1, from: 'pairs' });
  },
);

test('of tests whose noise is as planned one of a hundred measures it anew', () => {
  const draw = normals('as planned');
  const tests = 4000;
  let anew = 0;
  for (let at = 0; at < tests; at++) {
    const planned = Math.sqrt(Array.from({ length: 9 }, draw).reduce((sum, one) => sum + one ** 2, 0) / 9);
    const squares = Array.from({ length: 6 }, draw).reduce((sum, one) => sum + one ** 2, 0) / planned ** 2;
    if (found({ squares, df: 6 }) !== null) anew++;
  }
  expect(anew / tests).toBeGreaterThan(0.005);
  expect(anew / tests).toBeLessThan(0.015);
});
