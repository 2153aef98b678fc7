import type { Noise } from '../../contract/loop.js';
import type { Measurement } from '../../contract/measurement.js';
import type { Acceptance } from '../../contract/task-schema.js';
import type { Evidence } from '../acceptance/rule.js';
import { noiseAnew, type NoiseAnew } from '../acceptance/second-seed.js';
import { isDeterministic } from '../acceptance/without-noise.js';
import { isContestRule } from '../contest/contest-rules.js';
import { foldIncumbent } from '../loop/fold-incumbent.js';
import type { BranchState } from '../promotion/branch-state.js';
import type { RecordedExperiment } from './recorded.js';
import { remeasure } from './remeasured.js';
import { replayBranch } from './replay-branch.js';
import { contestJudge } from './replay-contests.js';
import { replayVerdict, standingOfKept, type Bench, type Verdict } from './replay-verdict.js';
import type { ReplayedVerdict } from './replayed.js';
import { enthrone, restand, type Incumbent } from './standing.js';

interface Judged {
  verdict: Verdict;
  rule: Acceptance['rule'];
}

/** The incumbent after a verdict. Where the record can't tell, the recorded verdict stands in, so that the rest can be judged. */
const succeed = (incumbent: Incumbent, row: RecordedExperiment, judged: Judged): Incumbent => {
  const { verdict, rule } = judged;
  const { commit, experiment } = row;
  if (verdict.outcome === 'keep' && commit !== null) {
    const standing = standingOfKept(verdict, rule);
    return standing === null ? incumbent : enthrone(experiment, commit, standing);
  }
  if (verdict.outcome === 'unknown' && row.outcome === 'keep' && commit !== null && row.value !== null)
    return { ...enthrone(experiment, commit, { value: row.value, n: 1 }), asRecorded: true };
  // what the lost runs made of its standing, later rows say
  if (row.lacksRuns === true) return { ...incumbent, asRecorded: true };
  return verdict.evidence === null ? incumbent : foldInto(incumbent, verdict.used);
};

const foldInto = (incumbent: Incumbent, used: readonly Measurement[]): Incumbent => {
  const { value, n } = foldIncumbent({ ...incumbent, branchCommit: incumbent.commit }, used);
  return n === incumbent.n ? incumbent : restand(incumbent, { value, n });
};

/** A promotion proposes nothing: other rules have nothing to say of it, and its runs count as measured anew. */
export const isCandidate = ({ promotion }: RecordedExperiment): boolean => promotion === undefined;

/** Standard deviation of one run, where enough repeats or the caller tell it. */
const sigmaOf = (noise: Evidence['noise']): number | null =>
  noise === null || noise.n < 2 ? null : noise.sigma;

/** By the batch where candidates met, one by one under other rules and without noise. */
const judgeOf = (bench: Bench): ((row: RecordedExperiment, incumbent: Incumbent) => Verdict) => {
  const { options, noise } = bench;
  const { rule } = options;
  return isContestRule(rule) && !isDeterministic({ noise })
    ? contestJudge({ ...bench, options: { ...options, rule } })
    : (row, incumbent) => replayVerdict(row, incumbent, bench);
};

const said = (
  row: RecordedExperiment,
  verdict: Verdict,
  { bench, against }: { bench: Bench; against: Incumbent },
): ReplayedVerdict => {
  const { experiment, idea, outcome: recorded, commit } = row;
  const { outcome, reason, gain, used } = verdict;
  const about = { experiment, idea, recorded, verdict: outcome, reason, gain, against: against.experiment };
  if (outcome !== 'keep' || commit === null) return { ...about, remeasured: null };
  const score = standingOfKept(verdict, bench.options.rule);
  const kept = { row, commit, score, over: against, used };
  return { ...about, remeasured: remeasure(bench.loop, kept, sigmaOf(bench.noise)) };
};

/** Verdicts in order, and the branch that the last of them left behind; null where every keep stands at once. */
export interface Replayed {
  verdicts: ReplayedVerdict[];
  branch: BranchState | null;
}

/** Under the rule's own branch + promote what follows is scouted. */
const onBranch = (
  bench: Bench & { noise: Noise },
  rows: readonly RecordedExperiment[],
  { incumbent, values, firstSeed }: Pick<NoiseAnew, 'values' | 'firstSeed'> & { incumbent: Incumbent },
): Replayed => {
  const { experiment, commit } = incumbent;
  const kept = bench.loop.experiments.find((row) => row.experiment === experiment);
  const first = { ...incumbent, branchCommit: kept?.branchCommit ?? commit };
  const { verdicts, state } = replayBranch(bench, { first, values, firstSeed }, rows);
  return { verdicts, branch: state };
};

/** Rows judged one after the other; from where their metric turned out to be noisy on, by its noise. */
export const replayRows = (bench: Bench, rows: readonly RecordedExperiment[], first: Incumbent): Replayed => {
  let incumbent = first;
  const judge = judgeOf(bench);
  const verdicts: ReplayedVerdict[] = [];
  for (const [at, row] of rows.entries()) {
    if (!isCandidate(row)) continue;
    if (row.unjudged === true) {
      incumbent = foldInto(incumbent, row.measurements);
      continue;
    }
    const verdict = judge(row, incumbent);
    verdicts.push(said(row, verdict, { bench, against: incumbent }));
    incumbent = succeed(incumbent, row, { verdict, rule: bench.options.rule });
    const found = noiseAnew(verdict.evidence);
    if (found === null) continue;
    const noisy = { ...bench, noise: found.noise };
    const stands = {
      ...found,
      incumbent:
        found.proof?.holds === false
          ? enthrone(0, found.proof.commit, found.standing)
          : restand(incumbent, found.standing),
    };
    const rest = rows.slice(at + 1);
    const branches = bench.own && bench.options.rule === 'branch+promote';
    const after = branches ? onBranch(noisy, rest, stands) : replayRows(noisy, rest, stands.incumbent);
    return { verdicts: [...verdicts, ...after.verdicts], branch: after.branch };
  }
  return { verdicts, branch: null };
};

/** Every verdict of a record, by the rule's own machine where the rule is the recorded one. */
export const replayAll = (bench: Bench, incumbent: Incumbent): Replayed => {
  const { loop, noise, own, options } = bench;
  if (!own || noise === null || options.rule !== 'branch+promote' || isDeterministic({ noise }))
    return replayRows(bench, loop.experiments, incumbent);
  const values = loop.baseline.flatMap(({ value }) => (value === null ? [] : [value]));
  return onBranch({ ...bench, noise }, loop.experiments, { incumbent, values, firstSeed: 0 });
};
