import type { Incumbent, Noise } from '../../contract/loop.js';
import type { PromotionState } from '../../contract/promotion.js';
import type { Acceptance } from '../../contract/task-schema.js';
import { screeningGain } from '../acceptance/gains.js';
import { decide } from '../acceptance/decide.js';
import { afterPromotion } from '../promotion/after-promotion.js';
import type { BranchState } from '../promotion/branch-state.js';
import { openBranch } from '../promotion/open-branch.js';
import { promotionOptions } from '../promotion/promotion-options.js';
import { takeScout } from '../promotion/take-scout.js';
import { beginTest, guardTest } from '../promotion/test-branch.js';
import { mean } from '../statistics.js';
import { remeasure } from './remeasured.js';
import type { RecordedExperiment, RecordedLoop, RecordedPromotion } from './recorded.js';
import { replayPromotion } from './replay-promotion.js';
import type { ReplayedVerdict } from './replayed.js';

interface Bench {
  loop: RecordedLoop;
  options: Acceptance;
  noise: Noise;
}

interface Turn {
  state: BranchState;
  /** as known after it */
  noise: Noise;
  said: Pick<ReplayedVerdict, 'verdict' | 'reason' | 'gain' | 'against' | 'remeasured'>;
}

const asRecorded = ({ outcome, reason }: RecordedExperiment): Omit<Turn['said'], 'against'> => ({
  verdict: outcome,
  reason,
  gain: null,
  remeasured: null,
});

/** One run against the branch's cached best, as the loop scouted it. */
const scout = (under: BranchState, row: RecordedExperiment, { loop, options, noise }: Bench): Turn => {
  const { promotion, trunk, incumbent, provisional } = under;
  const against = incumbent?.experiment ?? 0;
  const { commit, measurements, experiment, base = '' } = row;
  const never = commit === null || measurements.length === 0 || row.outcome === 'cancelled';
  if (never || promotion === null || trunk === null || incumbent === null)
    return { state: under, noise, said: { ...asRecorded(row), against } };
  const { direction } = loop.metric;
  const question = { direction, acceptance: options, measurements, candidate: commit, incumbent, noise };
  const decision = decide(question);
  if (decision.decision !== 'final' || promotion.phase.kind !== 'scout') {
    const reason = 'no scout was due when it ran';
    return { state: under, noise, said: { ...asRecorded(row), verdict: 'unknown', reason, against } };
  }
  const { outcome, reason, evidence } = decision;
  const ok = outcome === 'provisional' || outcome === 'discard';
  const value = ok ? (evidence.candidate[0]?.value ?? null) : null;
  const scouted = { experiment, base, commit, value, direction };
  return {
    state: takeScout({ trunk, promotion, provisional }, incumbent, scouted),
    noise,
    said: { verdict: outcome, reason, gain: ok ? screeningGain(evidence) : null, against, remeasured: null },
  };
};

const newTrunk = (row: RecordedExperiment, { standing }: RecordedPromotion): Incumbent => ({
  experiment: row.experiment,
  commit: row.commit ?? '',
  branchCommit: row.branchCommit ?? row.commit ?? '',
  value: mean(standing.map(({ value }) => value)),
  n: standing.length,
});

const testing = (promotion: PromotionState): PromotionState =>
  promotion.phase.kind === 'test' ? promotion : beginTest(promotion);

/** The test of a branch, by the pairs that were measured for it. */
const promote = (
  under: BranchState,
  row: RecordedExperiment & { promotion: RecordedPromotion },
  { loop, options, noise }: Bench,
): Turn => {
  const { promotion, trunk } = under;
  const against = trunk?.experiment ?? 0;
  if (promotion === null || trunk === null || promotion.branch.join() !== row.promotion.branch.join()) {
    const reason = 'the replay has come to another branch than the one that was tested';
    return { state: under, noise, said: { ...asRecorded(row), verdict: 'unknown', reason, against } };
  }
  const { direction } = loop.metric;
  const { guarded = false, crashesApart = false } = row.promotion.options ?? {};
  const begun = { ...under, trunk, promotion: guardTest(testing(promotion), guarded, crashesApart) };
  const { outcome, reason, gain, end, now } = replayPromotion(begun.promotion, row, direction);
  const stands = end === 'promoted' ? newTrunk(row, row.promotion) : trunk;
  const { commit, measurements: used } = row;
  const kept = outcome === 'keep' && commit !== null;
  const over = trunk;
  const remeasured = kept ? remeasure(loop, { row, commit, score: stands, over, used }, noise.sigma) : null;
  const { pairs } = row.promotion;
  const ended = { end, begun, now, trunk: stands, pairs };
  const after = afterPromotion(ended, { acceptance: options, noise, direction });
  return {
    state: after.back?.state ?? after.state,
    noise: after.noise ?? noise,
    said: { verdict: outcome, reason: reason + after.words, gain, against, remeasured },
  };
};

const isPromotion = (row: RecordedExperiment): row is RecordedExperiment & { promotion: RecordedPromotion } =>
  row.promotion !== undefined;

const isJudged = ({ unjudged }: RecordedExperiment): boolean => unjudged !== true;

/** Rows one after the other, from a trunk and a branch on. */
const replayRows = (
  bench: Bench,
  rows: readonly RecordedExperiment[],
  from: BranchState,
): { verdicts: ReplayedVerdict[]; state: BranchState } => {
  let [state, noise] = [from, bench.noise];
  const verdicts = rows.filter(isJudged).map((row) => {
    const now = { ...bench, noise };
    const turn = isPromotion(row) ? promote(state, row, now) : scout(state, row, now);
    ({ state, noise } = turn);
    return { experiment: row.experiment, idea: row.idea, recorded: row.outcome, ...turn.said };
  });
  return { verdicts, state };
};

/** Where a trunk stands on these runs. */
export interface Trunk {
  first: Incumbent;
  values: readonly number[];
  firstSeed?: number;
}

/** Every verdict of rows that ran under branch + promote on a noisy metric, by the rule's own machine, and where it ends. */
export const replayBranch = (
  bench: Bench,
  { first, values, firstSeed = 0 }: Trunk,
  rows: readonly RecordedExperiment[] = bench.loop.experiments,
): { verdicts: ReplayedVerdict[]; state: BranchState } => {
  const { loop, options, noise } = bench;
  const { direction } = loop.metric;
  const tuned = promotionOptions(options, { direction, value: first.value, n: first.n, noise });
  return replayRows(bench, rows, openBranch(tuned, { trunk: first, values, direction, firstSeed }));
};
