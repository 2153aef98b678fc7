import { expect, test } from 'vitest';
import { keepStep, startTest } from '../../../../src/domain/evidence/keep-step.js';
import { waldKeepProbability, waldPairs } from '../../../../src/domain/evidence/wald.js';
import { normals } from '../../../support/normals.js';

const SPRT = { alpha: 0.05, beta: 0.2, delta: 0.2, sd: 1 };

/** The test itself with small steps, so that it hardly overshoots its bounds. */
const simulated = (effect: number) => {
  const normal = normals('wald', effect);
  const options = { sd: 1, delta: 0.2, tau: 1, bound: 1 };
  const asked = { process: 'z' as const, options, alpha: 0.05, beta: 0.2, nmax: 100_000 };
  let [kept, pairs] = [0, 0];
  for (let run = 0; run < 400; run++) {
    let state = startTest(asked);
    for (;;) {
      pairs++;
      const step = keepStep(asked, state, effect + normal());
      state = step.state;
      if (step.decision === 'more') continue;
      if (step.decision === 'keep') kept++;
      break;
    }
  }
  return { keep: kept / 400, pairs: pairs / 400 };
};

test.each([0, 0.1, 0.2, 0.4])(
  'Wald’s approximations are near the test itself at an effect of %f',
  (effect) => {
    const { keep, pairs } = simulated(effect);
    expect(Math.abs(waldKeepProbability(SPRT, effect) - keep)).toBeLessThan(0.08);
    expect(waldPairs(SPRT, effect) / pairs).toBeGreaterThan(0.75);
    expect(waldPairs(SPRT, effect) / pairs).toBeLessThan(1.1);
  },
);

test('at half of delta, where the drift is zero, both formulas go on smoothly', () => {
  expect(waldKeepProbability(SPRT, 0.1)).toBeCloseTo(waldKeepProbability(SPRT, 0.1 + 1e-6), 4);
  expect(waldPairs(SPRT, 0.1)).toBeCloseTo(waldPairs(SPRT, 0.1 + 1e-6), 2);
});
