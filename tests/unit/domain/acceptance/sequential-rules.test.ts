import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Measurement } from '../../../../src/contract/measurement.js';
import type { taskSchema } from '../../../../src/contract/task-schema.js';
import { decide, type Question } from '../../../../src/domain/acceptance/decide.js';
import { RULES } from '../../../../src/domain/acceptance/rules.js';
import { taskWith } from '../../../support/loop-input.js';
import { measured } from '../../../support/recorded-loop.js';

const CANDIDATE = 'c'.repeat(40);
const INCUMBENT = 'a'.repeat(40);
type Options = NonNullable<z.input<typeof taskSchema>['acceptance']>;

const run = (
  role: 'candidate' | 'incumbent',
  index: number,
  value: number | Measurement['status'],
): Measurement => {
  const commit = role === 'candidate' ? CANDIDATE : INCUMBENT;
  if (typeof value === 'number') return measured(role, index, commit, value);
  return { ...measured(role, index, commit, null), status: value };
};

/** Pairs with these gains from an index on, around an incumbent whose value drifts with the seed. */
const pairs = (gains: (number | Measurement['status'])[], first = 0): Measurement[] =>
  gains.flatMap((gain, i) => {
    const index = first + i;
    const base = 10 + (index % 3);
    return [
      run('incumbent', index, base),
      run('candidate', index, typeof gain === 'number' ? base - gain : gain),
    ];
  });

const ask = (options: Options, measurements: Measurement[], more: Partial<Question> = {}) =>
  decide({
    direction: 'minimize',
    acceptance: taskWith({ acceptance: options }).acceptance,
    measurements,
    candidate: CANDIDATE,
    incumbent: { commit: INCUMBENT, value: 10, n: 10 },
    noise: { sigma: 1, n: 10 },
    ...more,
  });

const SEQUENTIAL: Options = { rule: 'sprt', nmax: 12, mde: Math.SQRT2 };
const repeat = (gain: number, n: number) => Array.from({ length: n }, () => gain);

describe('sprt', () => {
  test('asks for the incumbent on the candidate’s own seed, then for one pair after the other', () => {
    expect(ask(SEQUENTIAL, [run('candidate', 0, 9)])).toMatchObject({
      decision: 'more',
      candidate: [],
      incumbent: [0],
    });
    expect(ask(SEQUENTIAL, pairs([1]))).toMatchObject({ decision: 'more', candidate: [1], incumbent: [1] });
  });

  test('keeps when the evidence reaches 1 / alpha, and says how much there is', () => {
    const kept = ask(SEQUENTIAL, pairs(repeat(2.5, 3)));
    expect(kept).toMatchObject({ outcome: 'keep' });
    expect(kept.reason).toMatch(/^better by 2.5 over 3 pairs, e-value 45 of 20 \(z\); 0 crashes in 3 runs:/);
    expect(ask(SEQUENTIAL, pairs(repeat(2.5, 2))).decision).toBe('more');
    expect(ask({ ...SEQUENTIAL, alpha: 0.01 }, pairs(repeat(2.5, 3))).decision).toBe('more');
  });

  test('evidence past a million is not spelled out', () => {
    expect(ask(SEQUENTIAL, pairs([40])).reason).toContain('e-value more than 1e6 of 20');
  });

  test('gives up a candidate that is plainly no better', () => {
    const hopeless = ask(SEQUENTIAL, pairs([-2]));
    expect(hopeless).toMatchObject({ outcome: 'discard' });
    expect(hopeless.reason).toMatch(/hopeless$/);
  });

  test('is inconclusive where the pairs are used up on a gain', () => {
    expect(ask({ ...SEQUENTIAL, nmax: 4 }, pairs(repeat(0.8, 4)))).toMatchObject({ outcome: 'inconclusive' });
  });

  test('pairs measured after the verdict can’t change it', () => {
    expect(ask(SEQUENTIAL, pairs([2.5, 2.5, 2.5, -99]))).toMatchObject({ outcome: 'keep' });
  });

  test('a real gain below the smallest effect is not kept', () => {
    const small = ask({ ...SEQUENTIAL, minEffect: 3 }, pairs(repeat(2.5, 12)));
    expect(small).toMatchObject({ outcome: 'discard' });
    expect(small.reason).toContain('less than the smallest effect 3');
  });

  test('maximize mirrors it', () => {
    const up = pairs(repeat(-2.5, 3));
    expect(ask(SEQUENTIAL, up, { direction: 'maximize' })).toMatchObject({ outcome: 'keep' });
  });

  test('its standing is the mean over all the candidate’s runs', () => {
    const candidate = [1, 2, 6].map((value, index) => ({ index, value }));
    const evidence = {
      direction: 'minimize' as const,
      candidate,
      incumbent: [],
      standing: { value: 0, n: 1 },
    };
    expect(RULES.sprt.standing({ ...evidence, noise: null })).toEqual({ value: 3, n: 3 });
    expect(RULES['screen+sprt'].standing({ ...evidence, noise: null })).toEqual({ value: 4, n: 2 });
  });
});

describe('screen+sprt', () => {
  const screened: Options = { ...SEQUENTIAL, rule: 'screen+sprt' };

  test('drops what isn’t better than the incumbent’s mean after one run', () => {
    expect(ask(screened, [run('candidate', 0, 10)])).toMatchObject({ outcome: 'discard' });
    expect(ask(screened, [run('candidate', 0, 9.99)])).toMatchObject({
      decision: 'more',
      candidate: [1],
      incumbent: [1],
    });
  });

  test('doesn’t use the lucky screening run again', () => {
    const lucky = [run('candidate', 0, -99), run('incumbent', 0, 10)];
    expect(ask(screened, [...lucky, ...pairs([0.1], 1)]).decision).toBe('more');
    expect(ask(screened, [...lucky, ...pairs([-2], 1)])).toMatchObject({ outcome: 'discard' });
    expect(ask(screened, [...lucky, ...pairs(repeat(2.5, 3), 1)])).toMatchObject({ outcome: 'keep' });
  });
});

describe('paired-t', () => {
  const five: Options = { rule: 'paired-t', n: 5 };

  test('decides on exactly n pairs', () => {
    expect(ask(five, pairs([1, 1.2, 0.9, 1.1])).decision).toBe('more');
    expect(ask(five, pairs([1, 1.2, 0.9, 1.1, 1]))).toMatchObject({ outcome: 'keep' });
    expect(ask(five, pairs([1, 1.2, 0.9, 1.1, 1, -99]))).toMatchObject({ outcome: 'keep' });
  });

  test('a spread too wide for Student is inconclusive, a loss is discarded', () => {
    expect(ask(five, pairs([3, -2, 1, 2, -1]))).toMatchObject({ outcome: 'inconclusive' });
    expect(ask(five, pairs([-1, -1.1, -1, -0.9, -1]))).toMatchObject({ outcome: 'discard' });
  });

  test('the bar is the t quantile for alpha: 2.13 standard errors of five pairs at 5 %', () => {
    const around = [-1, -0.5, 0, 0.5, 1].map((x) => x * Math.sqrt(2));
    const at = (ratio: number) => around.map((x) => x + ratio * 0.5);
    expect(ask(five, pairs(at(2.14)))).toMatchObject({ outcome: 'keep' });
    expect(ask(five, pairs(at(2.12)))).toMatchObject({ outcome: 'inconclusive' });
    expect(ask({ ...five, alpha: 0.01 }, pairs(at(2.14)))).toMatchObject({ outcome: 'inconclusive' });
  });

  test('one pair has no spread, so it takes two', () => {
    expect(ask({ rule: 'paired-t', n: 1 }, pairs([1])).decision).toBe('more');
  });

  test('a sure gain below the smallest effect is discarded', () => {
    expect(ask({ ...five, minEffect: 2 }, pairs([1, 1.2, 0.9, 1.1, 1]))).toMatchObject({
      outcome: 'discard',
    });
  });
});

describe('intensify', () => {
  const eight: Options = { rule: 'intensify', nmax: 6 };

  test('looks after 1, 2, 4 and at last nmax pairs', () => {
    expect(ask(eight, pairs([-0.1]))).toMatchObject({ outcome: 'discard' });
    expect(ask(eight, pairs([1, -2]))).toMatchObject({ outcome: 'discard' });
    expect(ask(eight, pairs([1, 1, -9])).decision).toBe('more');
    expect(ask(eight, pairs([1, 1, -9, 1]))).toMatchObject({ outcome: 'discard' });
    expect(ask(eight, pairs([1, 1, 1, 1, 1])).decision).toBe('more');
    expect(ask(eight, pairs([1, 1, 1, 1, 1, 1]))).toMatchObject({ outcome: 'keep' });
    expect(ask({ ...eight, minEffect: 2 }, pairs(repeat(1, 6)))).toMatchObject({ outcome: 'discard' });
  });
});

describe('a metric without noise', () => {
  const exact = { noise: { sigma: 0, n: 3 } };
  test.each(['paired-t', 'sprt', 'screen+sprt', 'intensify'] as const)('%s decides on one run', (rule) => {
    const one = (value: number, minEffect = 0) =>
      ask({ rule, minEffect }, [run('candidate', 0, value)], exact);
    expect(one(9.999)).toMatchObject({ outcome: 'keep' });
    expect(one(10)).toMatchObject({ outcome: 'discard' });
    expect(one(9.5, 0.5)).toMatchObject({ outcome: 'keep' });
    expect(one(9.51, 0.5)).toMatchObject({ outcome: 'discard' });
  });

  test('one baseline run is no proof of determinism', () => {
    const once = { noise: { sigma: 0, n: 1 } };
    expect(ask({ rule: 'sprt' }, [run('candidate', 0, 9)], once).decision).toBe('more');
  });
});

describe('failed runs', () => {
  const betting: Options = { ...SEQUENTIAL, evidence: 'bet', bound: 4, nmax: 40 };

  test('the first crash decides, unless the rule bets', () => {
    expect(ask(SEQUENTIAL, pairs([2, 'crash']))).toMatchObject({ outcome: 'crash' });
    expect(ask({ ...betting, rule: 'paired-t' }, pairs([2, 'crash']))).toMatchObject({ outcome: 'crash' });
  });

  test('a bet counts a crash as the largest loss', () => {
    expect(ask(betting, pairs([2, 2, 2, 2])).decision).toBe('more');
    expect(ask(betting, pairs([2, 2, 2, 2, 'crash'])).decision).toBe('more');
    expect(ask(betting, pairs([2, 'timeout', 'crash']))).toMatchObject({ outcome: 'discard' });
    const runs = 13;
    expect(ask(betting, pairs(repeat(2.5, runs)))).toMatchObject({ outcome: 'keep' });
    expect(ask(betting, pairs([...repeat(2.5, 5), 'crash', ...repeat(2.5, runs - 6)])).decision).toBe('more');
  });

  test('a candidate that never gave a value is a crash, not a loss', () => {
    expect(ask(betting, [run('candidate', 0, 'crash')])).toMatchObject({ outcome: 'crash' });
  });

  test.each(['tampered', 'guard_failed', 'cancelled'] as const)('%s is never a mere loss', (status) => {
    expect(ask(betting, pairs([2, status]))).toMatchObject({ outcome: status });
  });
});
