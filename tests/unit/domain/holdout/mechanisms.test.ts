import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { ruleOf } from '../../../../src/activities/steward/rule-of.js';
import { vaultSchema } from '../../../../src/contract/vault-schema.js';
import {
  bitsOf,
  descriptionLengthBound,
  ladder,
  logTranscriptsExactly,
  openThresholdout,
  passesLadder,
  theoreticalStep,
  thresholdout,
  type LadderState,
} from '../../../../src/domain/holdout/index.js';
import { freshSeeds } from '../../../../src/domain/holdout/fresh.js';
import { ladderVerdict } from '../../../../src/domain/holdout/ladder-free.js';
import { thresholdAfter } from '../../../../src/domain/holdout/judge.js';
import { laplace } from '../../../../src/domain/holdout/laplace.js';
import { plannedRelease, releaseTime } from '../../../../src/domain/holdout/release-time.js';
import { thresholdoutVerdict } from '../../../../src/domain/holdout/thresholdout.js';
import { random } from '../../../../src/domain/random.js';

test('the ladder reports a score that beats the last one by a step, rounded to it, and repeats itself otherwise', () => {
  let state: LadderState = { best: null };
  const reported = [0.52, 0.55, 0.61, 0.6, 0.79].map((score) => {
    const answer = ladder(state, score, 0.1);
    state = answer.state;
    return Number(answer.reported.toFixed(6));
  });
  expect(reported).toEqual([0.5, 0.5, 0.6, 0.6, 0.8]);
});

test("the theory's step lets nothing through at practical sizes", () => {
  expect(theoreticalStep(400, 100)).toBeCloseTo(0.3, 2);
  expect(theoreticalStep(2000, 100)).toBeCloseTo(0.18, 2);
});

test('the parameter-free ladder asks for z standard errors of the paired gains', () => {
  expect(passesLadder([1, 1.2, 0.8, 1.1], 2)).toBe(true);
  expect(passesLadder([1, -1, 0.5, -0.4], 2)).toBe(false);
  expect(passesLadder([1, 1.2, 0.8, 1.1], 2, 1)).toBe(false);
  expect(passesLadder([5], 2)).toBe(false);
});

test('a suite answers in words: better, worse, as good, and not known', () => {
  const rule = { z: 2, eps: 0.1 };
  expect(ladderVerdict([1, 1.2, 0.8], rule)).toBe('pays');
  expect(ladderVerdict([-1, -1.2, -0.8], rule)).toBe('harmful');
  expect(ladderVerdict([0, 0, 0], rule)).toBe('flat');
  expect(ladderVerdict([0.01, 0.02, -0.01], rule)).toBe('flat');
  expect(ladderVerdict([1, -1], rule)).toBe('undecided');
  expect(ladderVerdict([1, -Infinity], rule)).toBe('harmful');
  expect(ladderVerdict([1, Number.NaN], rule)).toBe('invalid');
});

test('Thresholdout answers from training where both agree, from the holdout where not, and stops at its budget', () => {
  const uniform = (): number => 0.5;
  const options = { threshold: 0.04, scale: 0.01, uniform };
  const start = openThresholdout(options, 1, uniform);
  const agree = thresholdout(start, { train: 0.6, holdout: 0.61 }, options);
  expect(agree).toEqual({ answer: 0.6, state: start });
  const differ = thresholdout(agree.state, { train: 0.9, holdout: 0.5 }, options);
  expect(differ).toEqual({ answer: 0.5, state: { noisy: 0.04, budget: 0 } });
  expect(thresholdout(differ.state, { train: 0.9, holdout: 0.5 }, options).answer).toBeNull();
});

test('a claimed gain counts where the holdout confirms it, and the holdout counts where not', () => {
  const rule = {
    name: 'thresholdout',
    eps: 0,
    claimed: 0.3,
    threshold: 0.04,
    comparison: 0,
    answer: 0,
  } as const;
  expect(thresholdoutVerdict([0.29, 0.31], rule)).toBe('pays');
  expect(thresholdoutVerdict([-0.2, -0.1], rule)).toBe('harmful');
  expect(thresholdoutVerdict([0, 0], { ...rule, eps: 0.01 })).toBe('flat');
});

test('noise of a Laplace distribution has mean 0 and mean size of its scale, even for the smallest draw', () => {
  const draw = random('laplace');
  const values = Array.from({ length: 20_000 }, () => laplace(draw.next(), 2));
  expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / values.length)).toBeLessThan(0.08);
  expect(values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length).toBeCloseTo(2, 1);
  expect(Number.isFinite(laplace(0, 1))).toBe(true);
});

test("the description-length bound is the specification's, and vacuous for a few tasks", () => {
  const budget = { queries: 400, passes: 3, answers: 1 };
  expect(descriptionLengthBound(budget, 400, 0.05)).toBeCloseTo(0.161, 3);
  expect(descriptionLengthBound(budget, 2000, 0.05)).toBeCloseTo(0.072, 3);
  expect(descriptionLengthBound({ queries: 32, passes: 8, answers: 4 }, 48, 0.05)).toBeGreaterThan(0.4);
});

test('the closed form bounds the number of transcripts', () => {
  for (const budget of [
    { queries: 32, passes: 8, answers: 4 },
    { queries: 5, passes: 5, answers: 4 },
    { queries: 1000, passes: 1, answers: 1 },
  ]) {
    expect(bitsOf(budget)).toBeGreaterThanOrEqual(logTranscriptsExactly(budget) / Math.LN2);
  }
  // sum of C(3, i) 2^i for i <= 2
  expect(Math.exp(logTranscriptsExactly({ queries: 3, passes: 2, answers: 2 }))).toBeCloseTo(19, 9);
});

test('an answer leaves a whole period after its question, whatever it took; one that began late, later', () => {
  expect(plannedRelease(0, 1000, 5)).toBe(1000);
  expect(plannedRelease(0, 1000, 100)).toBe(1000);
  expect(plannedRelease(0, 1000, 101)).toBe(2000);
  expect(plannedRelease(0, 1000, 5000)).toBe(6000);
  // asked by a clock that is ahead: as if it had been asked now
  expect(plannedRelease(90_000, 1000, 5000)).toBe(6000);
  expect(releaseTime(1000, 1000, 999)).toBe(1000);
  expect(releaseTime(1000, 1000, 1000)).toBe(1000);
  expect(releaseTime(1000, 1000, 1001)).toBe(2000);
});

test('fresh seeds differ from each other and from those of another question, and come again for the same', () => {
  const digest = (text: string): string => (random(text).int(2 ** 31) * 2).toString(16).padStart(8, '0');
  const seeds = freshSeeds(200, 'a', digest);
  expect(new Set(seeds).size).toBe(200);
  expect(freshSeeds(200, 'a', digest)).toEqual(seeds);
  expect(freshSeeds(200, 'b', digest).filter((seed) => seeds.includes(seed))).toEqual([]);
  // a digest that repeats itself for a while costs nothing but time
  let calls = 0;
  const stuck = (): string => (calls++ < 3 ? 'ffffffff' : `0000000${String(calls)}`);
  expect(new Set(freshSeeds(3, 'a', stuck)).size).toBe(3);
});

const thresholdoutVault = (more: Record<string, unknown> = {}) => {
  const vault = vaultSchema.parse({
    name: 's',
    version: '1',
    task: 't',
    score: 'score',
    candidate: 'run',
    metric: { name: 'x', direction: 'maximize' },
    kind: 'suite',
    mechanism: 'thresholdout',
    threshold: 0.04,
    noise: 0.01,
    ...more,
  });
  if (vault.kind === 'reserve') throw new Error('no suite');
  return vault;
};

const hmac = (secret: string) => (text: string) => createHmac('sha256', secret).update(text).digest('hex');
const thresholdRule = (
  id: string,
  standing: number | null,
  secret = 'a',
  more: Record<string, unknown> = {},
) => {
  const rule = ruleOf(thresholdoutVault(more), { id, claimed: 0.5, standing }, hmac(secret));
  if (rule.name !== 'thresholdout') throw new Error('no Thresholdout');
  return rule;
};

test("Thresholdout's noise is fresh for each question, belongs to a secret, and has the paper's scales", () => {
  const rules = Array.from({ length: 4000 }, (_, i) => thresholdRule(String(i), null));
  const size = (of: (rule: (typeof rules)[number]) => number) =>
    rules.reduce((sum, rule) => sum + Math.abs(of(rule)), 0) / rules.length;
  // mean |Lap(b)| is b: 2s, 4s, s
  expect(size(({ threshold }) => threshold - 0.04)).toBeCloseTo(0.02, 2);
  expect(size(({ comparison }) => comparison)).toBeCloseTo(0.04, 2);
  expect(size(({ answer }) => answer)).toBeCloseTo(0.01, 2);
  for (const name of ['threshold', 'comparison', 'answer'] as const)
    expect(new Set(rules.map((rule) => rule[name])).size).toBe(rules.length);
  expect(thresholdRule('7', null)).toEqual(rules[7]);
  expect(thresholdRule('7', null, 'b')).not.toEqual(rules[7]);
});

test('a noised threshold stands until the holdout has spoken', () => {
  const standing = thresholdRule('1', 0.05);
  expect(standing.threshold).toBe(0.05);
  const said = (candidate: number | null, cut = false) =>
    thresholdAfter(
      { pairs: [{ seed: 0, candidate, incumbent: 0 }], direction: 'maximize', cut },
      {
        ...standing,
        comparison: 0,
      },
    );
  expect(said(0.5)).toBe(0.05);
  expect(said(0.1)).toBeNull();
  expect(said(null)).toBeNull();
  expect(said(0.1, true)).toBe(0.05);
});

test("a claim in the task's units is compared in the vault's", () => {
  expect(thresholdRule('1', null, 'a', { unit: 2, claimUnit: 100 }).claimed).toBeCloseTo(0.01, 12);
  expect(thresholdRule('1', null, 'a', { unit: 2 }).claimed).toBe(0.5);
});
