import type { ContestRule } from '../../contract/contest.js';
import type { Measurement } from '../../contract/measurement.js';
import type { PromotionOptions } from '../../contract/promotion.js';
import type { Acceptance } from '../../contract/task-schema.js';
import { smallestEffect } from '../acceptance/gains.js';
import { judgeBy } from '../acceptance/judge-by.js';
import type { Evidence } from '../acceptance/rule.js';
import { sequentialTest } from '../acceptance/sequential-test.js';
import { contestOptions } from '../contest/contest-options.js';
import { armsWanted, isContestRule } from '../contest/contest-rules.js';
import { winnerOf } from '../contest/contest-verdicts.js';
import { openContest } from '../contest/open-contest.js';
import { stepContest } from '../contest/step-contest.js';
import { wantedRuns } from '../contest/wanted-runs.js';
import { guardedStep } from '../evidence/guarded-step.js';
import { keepStep, startTest, type SequentialTest } from '../evidence/keep-step.js';
import { pairDifference } from '../promotion/pair-difference.js';
import { upward } from '../promotion/upward.js';
import type { Direction } from '../score.js';
import { asJudged } from './as-judged.js';

export interface Judge {
  acceptance: Acceptance;
  direction: Direction;
  /** branch + promote: the test that is in force, where it was fixed before these runs were made */
  promotion?: PromotionOptions;
}

/** What a loop would have started from. */
export interface CopyStart {
  value: number;
  n: number;
  noise: { sigma: number; n: number };
}

/** A run of a copy: which one (0 is the incumbent), and on which seed; null: it crashed. */
export type CopyRuns = (arm: number, index: number) => number | null;

export interface CopyVerdict {
  kept: boolean;
  runs: number;
}

/** A run that was not made: a value handed to a rule. */
export const measured = (
  role: 'candidate' | 'incumbent',
  index: number,
  value: number | null,
): Measurement => ({
  role,
  index,
  commit: role,
  seed: index,
  status: value === null ? 'crash' : 'ok',
  value,
  origin: 'measured',
  deviceClass: '',
  deviceSeconds: 0,
  detail: '',
});

const byRule = ({ acceptance, direction }: Judge, start: CopyStart, run: CopyRuns): CopyVerdict => {
  const incumbent = { commit: 'incumbent', value: start.value, n: start.n };
  const question = { direction, acceptance, candidate: 'candidate', incumbent, noise: start.noise };
  const judged = judgeBy(question, (role, index) =>
    measured(role, index, run(role === 'candidate' ? 1 : 0, index)),
  );
  return { kept: judged.known && judged.decision.outcome === 'keep', runs: judged.used.length };
};

const evidenceAt = ({ direction }: Judge, { value, n, noise }: CopyStart): Evidence => ({
  direction,
  candidate: [],
  incumbent: [],
  standing: { value, n },
  noise,
});

type Pair = readonly [left: number | null, right: number | null, index: number];

/** The test that decides about a copy, and the smallest gain that counts in it. */
const testOf = (judge: Judge, start: CopyStart): { test: SequentialTest; least: number } => {
  const { acceptance, promotion } = judge;
  const alone = asJudged(acceptance);
  const evidence = evidenceAt(judge, start);
  if (promotion === undefined)
    return { test: sequentialTest(evidence, alone), least: smallestEffect(evidence, alone) };
  const { evidence: process, noise: options, beta, nmax, least } = promotion;
  const { alpha } = asJudged({ ...acceptance, alpha: promotion.alpha, share: promotion.share });
  return { test: { process, options, alpha, beta, nmax }, least };
};

/**
 * What a pair of copies says. A branch is tested as promotions are; a candidate that crashes at first is out, and a crash
 * of the incumbent leaves its verdict open.
 */
const differenceOf = (judge: Judge, { process, options }: SequentialTest, [left, right, index]: Pair) => {
  const said = pairDifference({ evidence: process, noise: options }, { left, right });
  if (
    judge.acceptance.rule === 'branch+promote' ||
    (typeof said === 'number' && (left !== null || index > 0))
  )
    return said;
  return 'out';
};

/** Both runs of a pair, made with the first place in turns. */
const pairOf = (run: CopyRuns, index: number): readonly [number | null, number | null] => {
  if (index % 2 === 0) return [run(1, index), run(0, index)];
  const right = run(0, index);
  return [run(1, index), right];
};

/** A sequential test fed pair by pair: asking the rule anew after each would take too long where a loop waits. */
const byTest = (judge: Judge, start: CopyStart, run: CopyRuns): CopyVerdict => {
  const { direction, acceptance } = judge;
  const up = (value: number | null): number | null => (value === null ? null : upward(direction, value));
  const screened = acceptance.rule === 'screen+sprt';
  const shown = screened ? up(run(1, 0)) : null;
  if (screened && (shown === null || shown <= upward(direction, start.value)))
    return { kept: false, runs: 1 };
  const first = screened ? 1 : 0;
  const { test, least } = testOf(judge, start);
  const guarded =
    acceptance.rule === 'branch+promote' && (judge.promotion?.guarded ?? judge.promotion === undefined);
  let state = startTest(test);
  let spoilt = 0;
  for (let index = first; ; index++) {
    const [left, right] = pairOf(run, index);
    const d = differenceOf(judge, test, [up(left), up(right), index]);
    const runs = first + 2 * (index - first + 1);
    if (d === 'out' || (d === 'spoilt' && ++spoilt >= test.nmax)) return { kept: false, runs };
    if (d === 'spoilt') continue;
    const step = guarded
      ? guardedStep({ ...test, before: { squares: 0, df: 0 } }, state, d)
      : keepStep(test, state, d);
    state = step.state;
    const { sum, n } = state.sums;
    if (step.decision !== 'more') return { kept: step.decision === 'keep' && sum / n >= least, runs };
  }
};

/** A batch of copies meets as candidates would; kept if any of them is. */
const byContest = (
  { acceptance, direction }: Judge & { acceptance: { rule: ContestRule } },
  start: CopyStart,
  run: CopyRuns,
): CopyVerdict => {
  const { value, n, noise } = start;
  const arms = armsWanted(acceptance, 0);
  const about = { direction, standing: { value, n }, noise, arms, held: 0, repeats: 1 };
  let state = openContest(contestOptions(acceptance, about), 0);
  for (let runs = 0; ; runs++) {
    const [next] = wantedRuns(state, 1);
    if (next === undefined) return { kept: winnerOf(state) !== null, runs };
    const scored = run(next.arm, next.seed);
    state = stepContest(state, next, scored === null ? 'crash' : upward(direction, scored));
  }
};

const SEQUENTIAL: readonly Acceptance['rule'][] = ['sprt', 'screen+sprt', 'branch+promote'];

const meets = (judge: Judge): judge is Judge & { acceptance: { rule: ContestRule } } =>
  isContestRule(judge.acceptance.rule);

/** Whether the rule keeps a copy of the incumbent: a candidate, a branch that is worth nothing, or a batch of them. */
export const judgeCopy = (judge: Judge, start: CopyStart, run: CopyRuns): CopyVerdict => {
  // without noise one run decides under every rule
  if (start.noise.n > 1 && start.noise.sigma === 0) return byRule(judge, start, run);
  if (meets(judge)) return byContest(judge, start, run);
  return SEQUENTIAL.includes(judge.acceptance.rule) ? byTest(judge, start, run) : byRule(judge, start, run);
};
