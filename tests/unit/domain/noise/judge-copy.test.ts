import { describe, expect, test } from 'vitest';
import { judgeBy } from '../../../../src/domain/acceptance/judge-by.js';
import { stepPromotion } from '../../../../src/domain/acceptance/promotion.js';
import { aaTest } from '../../../../src/domain/noise/aa-test.js';
import { asJudged } from '../../../../src/domain/noise/as-judged.js';
import { falseKeeps } from '../../../../src/domain/noise/false-keeps.js';
import { judgeCopy, measured, type CopyRuns } from '../../../../src/domain/noise/judge-copy.js';
import { openBranch } from '../../../../src/domain/promotion/open-branch.js';
import { promotionOptions } from '../../../../src/domain/promotion/promotion-options.js';
import { beginTest, guardTest } from '../../../../src/domain/promotion/test-branch.js';
import { withCrashes } from '../../../../src/domain/noise/with-crashes.js';
import { upward } from '../../../../src/domain/promotion/upward.js';
import { standardDeviation } from '../../../../src/domain/statistics.js';
import { normals } from '../../../support/normals.js';
import { taskWith } from '../../../support/loop-input.js';

const direction = 'minimize' as const;
const start = { value: 5, n: 10, noise: { sigma: 1, n: 10 } };
const acceptanceOf = (extra: object) => taskWith({ acceptance: extra }).acceptance;

/** Copies whose first is better than the incumbent by so much. */
const stream = (n: number, better: number): CopyRuns => {
  const drawn = new Map<string, number>();
  return (arm, index) => {
    const key = `${String(arm)}/${String(index)}`;
    const value = drawn.get(key) ?? 5 + normals('copies', n, arm, index)() - (arm === 1 ? better : 0);
    drawn.set(key, value);
    return value;
  };
};

const up = (value: number | null): number | null => (value === null ? null : upward(direction, value));

/** Of every third stream each run crashes with the chance of 15 %. */
const crashing = (n: number, better: number): CopyRuns =>
  n % 3 === 0 ? withCrashes(stream(n, better), 0.15, [n]) : stream(n, better);

const RULES = [
  { rule: 'sprt' },
  { rule: 'sprt', evidence: 'bet', bound: 4 },
  { rule: 'screen+sprt', evidence: 'bet', bound: 4 },
  { rule: 'screen+sprt' },
  { rule: 'branch+promote' },
  { rule: 'branch+promote', minEffect: 0.8 },
  { rule: 'branch+promote', share: true },
] as const;

describe.each(RULES)('$rule with %o', (options) => {
  const acceptance = acceptanceOf(options);

  test('judges a copy as the study on real runs does', () => {
    for (let n = 0; n < 150; n++) {
      const run = acceptance.rule === 'branch+promote' ? stream(n, n % 3) : crashing(n, n % 4);
      const question = {
        direction,
        acceptance: asJudged(acceptance),
        candidate: 'candidate',
        incumbent: { commit: 'incumbent', value: start.value, n: start.n },
        noise: start.noise,
      };
      const judged = judgeBy(question, (role, index) =>
        measured(role, index, run(role === 'candidate' ? 1 : 0, index)),
      );
      const kept = judged.known && judged.decision.outcome === 'keep';
      expect(judgeCopy({ acceptance, direction }, start, run).kept).toBe(kept);
    }
  });
});

test.each([...RULES.slice(4), { rule: 'branch+promote', evidence: 'bet', bound: 4 }])(
  'judges a copy as the promotion machine does, $rule %o',
  (options) => {
    const acceptance = acceptanceOf(options);
    const trunk = { experiment: 0, commit: 'trunk', branchCommit: 'trunk', value: 5, n: 10 };
    const tuned = promotionOptions(acceptance, { direction, ...start });
    const values = Array.from({ length: 10 }, (_, at) => 5 + at / 10);
    const { promotion } = openBranch(tuned, { trunk, values, direction });
    if (promotion === null) throw new Error('no branch');
    for (let n = 0; n < 150; n++) {
      const run = crashing(n, n % 4);
      const guarded = n % 2 === 0;
      let state = guardTest(beginTest({ ...promotion, branch: ['1'] }), guarded);
      for (let index = 0; state.phase.kind === 'test'; index++) {
        const [left, right] = [up(run(1, index)), up(run(0, index))];
        state = stepPromotion(state, { kind: 'paired', left, right }).state;
      }
      const kept = state.levels.keeps > promotion.levels.keeps;
      const inForce = state.options;
      if (guarded) expect(judgeCopy({ acceptance, direction }, start, run).kept).toBe(kept);
      expect(judgeCopy({ acceptance, direction, promotion: inForce }, start, run).kept).toBe(kept);
    }
  },
);

test.each(['race', 'halving', 'hyperband', 'branch+promote'] as const)(
  'the study and the loop both find that %s keeps few copies',
  (rule) => {
    const acceptance = acceptanceOf({ rule, arms: 6, falseKeeps: 0.05 });
    const normal = normals('measured', rule);
    const pairs = Array.from({ length: 30 }, () => [5 + normal(), 5 + normal()] as const);
    const study = falseKeeps({ acceptance, direction, pairs, target: 0.05 }, { clones: 300, seed: 1 });
    const loop = aaTest({ acceptance, direction, values: pairs.flat(), seed: 1 });
    expect(study.rate).toBeLessThan(0.11); // thirty pairs are one sample of the noise
    expect(loop.rate).toBeLessThan(0.08);
    expect(loop.holds).toBe(true);
  },
);

test.each([2, 6, 16])(
  'of races of %i copies no more than alpha lead to a keep, though the noise is known from ten runs only',
  (arms) => {
    const acceptance = acceptanceOf({ rule: 'race', arms });
    const streams = 2000 / arms;
    let kept = 0;
    for (let n = 0; n < streams; n++) {
      const normal = normals('ten runs', arms, n);
      const ten = Array.from({ length: 10 }, normal);
      const noise = { sigma: standardDeviation(ten), n: 10 };
      const run = stream(n, 0);
      if (judgeCopy({ acceptance, direction }, { ...start, noise }, run).kept) kept++;
    }
    expect(kept / streams).toBeLessThanOrEqual(0.05 + 2 * Math.sqrt(0.05 / streams));
  },
);
