import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acceptanceSchema } from '../../../../src/contract/acceptance-schema.js';
import type { ContestRule } from '../../../../src/contract/contest.js';
import type { Acceptance } from '../../../../src/contract/task-schema.js';
import { decide } from '../../../../src/domain/acceptance/decide.js';
import {
  ignoredOptions,
  READ_BY,
  reads,
  type RuledOption,
} from '../../../../src/domain/acceptance/ignored-options.js';
import type { Evidence } from '../../../../src/domain/acceptance/rule.js';
import { RULES } from '../../../../src/domain/acceptance/rules.js';
import { contestOptions } from '../../../../src/domain/contest/contest-options.js';
import { armsWanted, isContestRule } from '../../../../src/domain/contest/contest-rules.js';
import { openContest } from '../../../../src/domain/contest/open-contest.js';
import { stepContest } from '../../../../src/domain/contest/step-contest.js';
import { wantedRuns } from '../../../../src/domain/contest/wanted-runs.js';
import { promotionOptions } from '../../../../src/domain/promotion/promotion-options.js';
import { normals } from '../../../support/normals.js';
import { measured } from '../../../support/recorded-loop.js';

const RULE_NAMES = Object.keys(RULES) as Acceptance['rule'][];
const OPTIONS = Object.keys(READ_BY) as RuledOption[];
const effect = (value: number) => ({ value, relative: false });

/** Two settings of each option, far enough apart to tell. */
const SETTINGS: { [K in RuledOption]: readonly [Acceptance[K], Acceptance[K]] } = {
  k: [0.5, 4],
  n: [2, 6],
  z: [0, 4],
  alpha: [0.01, 0.4],
  beta: [0.01, 0.5],
  nmax: [5, 12],
  mde: [effect(0.1), effect(4)],
  evidence: ['z', 'sign'],
  bound: [2, 50],
  every: [3, 30],
  share: [false, true],
  margin: [effect(0), effect(3)],
  pairedScouts: [false, true],
  arms: [3, 5],
  raceTest: ['friedman', 't'],
  pulls: [6, 60],
  eta: [2, 3],
  rungs: [2, 3],
};

interface World {
  seed: number;
  gain: number;
  evidence: 'z' | 'bet';
}

const NOISE = { sigma: 1, n: 12 };

const values = ({ seed, gain }: World, arm: number) => {
  const draw = normals('arm', seed, arm);
  return Array.from({ length: 14 }, () => draw() + (arm === 0 ? 0 : gain));
};

const samplesOf = (world: World, arm: number) =>
  values(world, arm).map((value, index) => ({
    index,
    value,
    cost: 1,
    live: 1,
    units: Object.fromEntries(values(world, 10 * arm + index).map((u, at) => [String(at), u / 9])),
  }));

const contest = (acceptance: Acceptance & { rule: ContestRule }, { seed, gain }: World): unknown => {
  const arms = armsWanted(acceptance, 0);
  const about = { standing: { value: 0, n: 12 }, noise: NOISE, arms, held: 0, repeats: 1 };
  let state = openContest(contestOptions(acceptance, { direction: 'maximize', ...about }), 0);
  for (;;) {
    const [next] = wantedRuns(state, 1);
    if (next === undefined) return [state.fates, state.judged, state.blocks.length];
    const draw = normals('cell', seed, next.arm, next.seed);
    state = stepContest(state, next, draw() + (next.arm === 0 ? 0 : gain));
  }
};

/** Measures what the rule asks for, until it has its verdict. */
const askedOut = (acceptance: Acceptance, world: World) => {
  const known = { candidate: samplesOf(world, 1), incumbent: samplesOf(world, 0) };
  const evidence: Evidence = {
    direction: 'maximize',
    candidate: known.candidate.slice(0, 1),
    incumbent: [],
    standing: { value: 0, n: NOISE.n },
    noise: NOISE,
  };
  for (;;) {
    const step = RULES[acceptance.rule].step(evidence, acceptance);
    if (step.decision !== 'more') return step;
    for (const role of ['candidate', 'incumbent'] as const)
      evidence[role].push(...step[role].flatMap((index) => known[role][index] ?? []));
  }
};

/** All that a rule says of candidates in this world. */
const verdicts = (acceptance: Acceptance, world: World): unknown => {
  const { rule } = acceptance;
  if (isContestRule(rule)) return contest({ ...acceptance, rule }, world);
  const said = askedOut(acceptance, world);
  if (rule !== 'branch+promote') return said;
  const baseline = { direction: 'maximize' as const, value: 0, n: NOISE.n, noise: NOISE };
  const promotion = promotionOptions(acceptance, baseline);
  const { bound, ...noise } = promotion.noise;
  return { said, promotion: { ...promotion, noise }, bound: promotion.evidence === 'bet' ? bound : null };
};

const worlds = fc.sample(fc.record({ seed: fc.nat(), gain: fc.double({ min: 0, max: 2, noNaN: true }) }), {
  seed: 7,
  numRuns: 40,
});

const changes = (rule: Acceptance['rule'], option: RuledOption, process: World['evidence']): boolean =>
  worlds.some((one) => {
    const world = { ...one, evidence: process };
    const base = { ...acceptanceSchema.parse({ rule, evidence: process }), nmax: 12, arms: 3 };
    const [low, high] = SETTINGS[option].map((setting) =>
      JSON.stringify(verdicts({ ...base, [option]: setting }, world)),
    );
    return low !== high;
  });

test.each(RULE_NAMES)('%s: an option changes a verdict where the table says so, and nowhere else', (rule) => {
  const found = OPTIONS.filter((option) => changes(rule, option, option === 'bound' ? 'bet' : 'z'));
  expect(found).toEqual(OPTIONS.filter((option) => reads(rule, option)));
});

test.each(RULE_NAMES.filter((rule) => reads(rule, 'bound')))('%s reads no bound without bet', (rule) => {
  expect(changes(rule, 'bound', 'z')).toBe(false);
});

test.each(RULE_NAMES.filter((rule) => !reads(rule, 'alpha') && rule !== 'lift'))(
  '%s: alpha does not decide what becomes of keeps on a metric that was taken for still either',
  (rule) => {
    const asked = (alpha: number) =>
      decide({
        direction: 'maximize',
        acceptance: { ...acceptanceSchema.parse({ rule }), alpha },
        measurements: [
          ...[0.95, 0.9].map((value, index) => measured('candidate', index, 'c', value)),
          ...values({ seed: 1, gain: 0, evidence: 'z' }, 0)
            .slice(0, 10)
            .flatMap((value, at) => [
              measured('incumbent', at + 1, 'i', value / 10 + 0.1),
              measured('baseline', at + 1, 'b', value / 11),
            ]),
        ],
        candidate: 'c',
        incumbent: { commit: 'i', value: 0.9, n: 3 },
        noise: { sigma: 0, n: 3 },
        secondSeed: true,
        proven: { commit: 'b', value: 0.8, n: 3 },
      });
    expect(asked(1e-12)).toEqual(asked(0.5));
  },
);

test('what a rule reads is not refused; what it does not is told with the rules that do', () => {
  const told = (options: Record<string, unknown>) =>
    ignoredOptions(acceptanceSchema.parse(options), Object.keys(options)).map(({ why }) => why);
  expect(told({ rule: 'sprt', evidence: 'bet', bound: 2, minEffect: 1, repeats: 3, falseKeeps: 1 })).toEqual(
    [],
  );
  expect(told({ rule: 'strict', alpha: 0.01, k: 3 })).toEqual([
    'the rule strict does not read "alpha"; paired-t, lift, sprt, screen+sprt, branch+promote, race, halving and hyperband do',
    'the rule strict does not read "k"; floor does',
  ]);
  expect(told({ rule: 'sprt', bound: 2 })).toEqual([
    'evidence z does not read "bound"; `evidence: bet` does',
  ]);
  expect(told({ rule: 'race', nmax: 2 })).toEqual([
    'a race drops nobody before its 5th seed: "nmax" must be at least 5, not 2',
  ]);
});
