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
import { keepStep, startTest, type SequentialTest } from '../evidence/keep-step.js';
import { upward } from '../promotion/upward.js';
import { gain, type Direction } from '../score.js';
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

/** A run of a copy: which one (0 is the incumbent), and on which seed. */
export type CopyRuns = (arm: number, index: number) => number;

export interface CopyVerdict {
  kept: boolean;
  runs: number;
}

/** A run that was not made: a value handed to a rule. */
export const measured = (role: 'candidate' | 'incumbent', index: number, value: number): Measurement => ({
  role,
  index,
  commit: role,
  seed: index,
  status: 'ok',
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

/** A sequential test fed pair by pair: asking the rule anew after each would take too long where a loop waits. */
const byTest = (judge: Judge, start: CopyStart, run: CopyRuns): CopyVerdict => {
  const { direction, acceptance } = judge;
  const better = (a: number, b: number): number => gain({ value: a, direction }, { value: b, direction });
  const screened = acceptance.rule === 'screen+sprt';
  if (screened && better(run(1, 0), start.value) <= 0) return { kept: false, runs: 1 };
  const first = screened ? 1 : 0;
  const { test, least } = testOf(judge, start);
  let state = startTest(test);
  for (let index = first; ; index++) {
    const step = keepStep(test, state, better(run(1, index), run(0, index)));
    state = step.state;
    if (step.decision === 'more') continue;
    const { sum, n } = state.sums;
    return { kept: step.decision === 'keep' && sum / n >= least, runs: first + 2 * n };
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
    state = stepContest(state, next, upward(direction, run(next.arm, next.seed)));
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
