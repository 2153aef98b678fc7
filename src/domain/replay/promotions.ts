import type { Acceptance } from '../../contract/task-schema.js';
import { openPromotion, stepPromotion } from '../acceptance/promotion.js';
import { smallestEffect } from '../acceptance/gains.js';
import { sequentialTest } from '../acceptance/sequential-test.js';
import type { PromotionOptions, PromotionState } from '../../contract/promotion.js';
import { baselineOf, type Start } from './baseline-of.js';
import type { PromotionReplay, ScoutedVerdict, TestedBranch } from './promotion-replay.js';
import type { RecordedExperiment, RecordedLoop } from './recorded.js';
import { type Ledger, testOnRecord } from './test-on-record.js';

const optionsOf = (start: Start, acceptance: Acceptance, every: number): PromotionOptions => {
  const { incumbent, noise } = start;
  const nothing = { direction: 'maximize' as const, candidate: [], incumbent: [] };
  const test = sequentialTest({ ...nothing, standing: incumbent, noise }, acceptance);
  const still = noise !== null && noise.n > 1 && noise.sigma === 0;
  return {
    every,
    alpha: acceptance.alpha,
    beta: test.beta,
    nmax: acceptance.nmax,
    evidence: test.process,
    noise: still ? { ...test.options, sd: 0 } : test.options,
    share: acceptance.share,
    least: smallestEffect({ ...nothing, standing: incumbent, noise }, acceptance),
    repeats: 1,
    margin: 0,
    pairedScouts: false,
  };
};

const NO_PRUNING =
  'leaving out one change after the other needs runs that nobody made: the margin changes nothing';

interface Scouting {
  state: PromotionState;
  verdicts: ScoutedVerdict[];
  tests: TestedBranch[];
}

/** One recorded run as a scout, and the test that is due after it. */
const scoutOn = (
  { state, verdicts, tests }: Scouting,
  row: RecordedExperiment,
  { rows, tests: recorded, sign }: Ledger,
): Scouting => {
  const { commit, experiment, idea } = row;
  const first = row.measurements.find(({ role, index }) => role === 'candidate' && index === 0);
  if (commit === null || first === undefined || row.promotion !== undefined)
    return { state, verdicts, tests };
  const value = first.status === 'ok' && first.value !== null ? sign * first.value : null;
  const provisional = value !== null && value > (state.best ?? Number.NEGATIVE_INFINITY);
  const scouted = stepPromotion(state, { kind: 'scouted', change: commit, value }).state;
  const seen = [...verdicts, { experiment, idea, recorded: row.outcome, provisional }];
  if (scouted.phase.kind !== 'test') return { state: scouted, verdicts: seen, tests };
  const after = testOnRecord(scouted, { rows, tests: recorded, sign });
  return { state: after.state, verdicts: seen, tests: [...tests, { after: experiment, ...after.tested }] };
};

/**
 * Branch + promote on a record: the scouting can be replayed from single runs, a promotion only where the record has
 * pairs of the branch's head beside the trunk. One that it can't decide is counted as unknown, and the scouting goes on
 * from the branch, as the recorded loop did.
 */
export const replayPromotions = (
  loop: RecordedLoop,
  acceptance: Acceptance,
  { every, sigma }: { every: number; sigma: number | null },
): PromotionReplay => {
  const start = baselineOf(loop, { ...acceptance, rule: 'sprt' }, sigma);
  const sign = loop.metric.direction === 'maximize' ? 1 : -1;
  const { state } = openPromotion(optionsOf(start, acceptance, every), start.incumbent.commit);
  const stood = stepPromotion(state, { kind: 'ran', value: sign * start.incumbent.value });
  const candidates = loop.experiments.filter(({ promotion }) => promotion === undefined);
  const ledger = {
    rows: new Map(candidates.map((row) => [row.commit ?? '', row])),
    tests: loop.experiments.filter(({ promotion }) => promotion !== undefined),
    sign,
  };
  const scouting = loop.experiments.reduce<Scouting>((sofar, row) => scoutOn(sofar, row, ledger), {
    state: stood.state,
    verdicts: [],
    tests: [],
  });
  const { verdicts, tests } = scouting;
  const count = (verdict: TestedBranch['verdict']) => tests.filter((one) => one.verdict === verdict).length;
  return {
    name: loop.name,
    metric: loop.metric,
    rule: 'branch+promote',
    every,
    recordedRule: loop.acceptance?.rule ?? null,
    notes: [...(loop.notes ?? []), ...start.notes, ...(acceptance.margin === undefined ? [] : [NO_PRUNING])],
    verdicts,
    tests,
    provisional: verdicts.filter(({ provisional }) => provisional).length,
    untested: scouting.state.branch.length,
    promoted: count('promoted'),
    reset: count('reset'),
    unknown: count('unknown'),
  };
};
