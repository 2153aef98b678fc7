import type { Acceptance } from '../../contract/task-schema.js';
import type { Evidence } from '../acceptance/rule.js';
import { isContestRule } from '../contest/contest-rules.js';
import { foldIncumbent } from '../loop/fold-incumbent.js';
import { counted } from '../format.js';
import { baselineOf } from './baseline-of.js';
import type { RecordedExperiment, RecordedLoop } from './recorded.js';
import { remeasure } from './remeasured.js';
import { replayBranch } from './replay-branch.js';
import type { Real, Replay, ReplayedVerdict } from './replayed.js';
import { contestJudge } from './replay-contests.js';
import { replayVerdict, standingOfKept, type Bench, type Verdict } from './replay-verdict.js';
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
  return verdict.evidence === null ? incumbent : foldInto(incumbent, verdict);
};

const foldInto = (incumbent: Incumbent, { used }: Verdict): Incumbent => {
  const { value, n } = foldIncumbent({ ...incumbent, branchCommit: incumbent.commit }, used);
  return n === incumbent.n ? incumbent : restand(incumbent, { value, n });
};

/** A promotion proposes nothing: other rules have nothing to say of it, and its runs count as measured anew. */
const isCandidate = ({ promotion }: RecordedExperiment): boolean => promotion === undefined;

const isStill = (noise: Evidence['noise']): boolean => noise !== null && noise.n > 1 && noise.sigma === 0;

/** Whether the rule would have had a provisional branch: without noise every verdict stands by itself. */
export const hasBranch = (loop: RecordedLoop, options: Acceptance, sigma: number | null): boolean =>
  options.rule === 'branch+promote' && !isStill(baselineOf(loop, options, sigma).noise);

/** By the batch where candidates met, one by one under other rules and without noise. */
const judgeOf = (bench: Bench): ((row: RecordedExperiment, incumbent: Incumbent) => Verdict) => {
  const { options, noise } = bench;
  const { rule } = options;
  return isContestRule(rule) && !isStill(noise)
    ? contestJudge({ ...bench, options: { ...options, rule } })
    : (row, incumbent) => replayVerdict(row, incumbent, bench);
};

const replayAll = (bench: Bench, first: Incumbent, sigma: number | null): ReplayedVerdict[] => {
  let incumbent = first;
  const judge = judgeOf(bench);
  return bench.loop.experiments.filter(isCandidate).map((row) => {
    const verdict = judge(row, incumbent);
    const against = incumbent;
    incumbent = succeed(incumbent, row, { verdict, rule: bench.options.rule });
    const kept = verdict.outcome === 'keep' && row.commit !== null;
    return {
      experiment: row.experiment,
      idea: row.idea,
      recorded: row.outcome,
      verdict: verdict.outcome,
      reason: verdict.reason,
      gain: verdict.gain,
      against: against.experiment,
      remeasured: kept
        ? remeasure(
            bench.loop,
            { row, commit: row.commit ?? '', over: against.commit, used: verdict.used },
            sigma,
          )
        : null,
    };
  });
};

/** How much of what was kept was there when it was measured again. */
const realOf = (verdicts: readonly ReplayedVerdict[]): Real => {
  const kept = verdicts.filter(({ verdict }) => verdict === 'keep');
  const again = kept.flatMap(({ gain, remeasured }) =>
    remeasured === null ? [] : [{ claimed: gain ?? 0, found: remeasured.gain }],
  );
  const withoutGain = again.filter(({ found }) => found <= 0).length;
  return {
    keeps: kept.length,
    remeasured: again.length,
    withoutGain,
    share: again.length === 0 ? null : withoutGain / again.length,
    claimed: again.reduce((sum, { claimed }) => sum + claimed, 0),
    found: again.reduce((sum, { found }) => sum + found, 0),
  };
};

export const sameOptions = (a: Acceptance, b: Acceptance): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every(
    (key) => JSON.stringify(a[key as keyof Acceptance]) === JSON.stringify(b[key as keyof Acceptance]),
  );

const leftOut = (tests: number): string =>
  `${counted(tests, 'promotion test')} of the record ${tests === 1 ? 'is' : 'are'} no candidate: its runs only count as measured anew`;

/** Standard deviation of one run, where enough repeats or the caller tell it. */
const sigmaOf = (noise: Evidence['noise']): number | null =>
  noise === null || noise.n < 2 ? null : noise.sigma;

/**
 * Every verdict of a record under another rule, from what was measured then; nothing is run and nothing is made up.
 * The replay has its own incumbent: what the rule would not have kept does not stand in the way of what came later.
 */
export const replay = (loop: RecordedLoop, options: Acceptance, sigma: number | null = null): Replay => {
  const { incumbent, noise, notes } = baselineOf(loop, options, sigma);
  const own = sigma === null && loop.acceptance !== null && sameOptions(loop.acceptance, options);
  const verdicts =
    own && noise !== null && options.rule === 'branch+promote' && !isStill(noise)
      ? replayBranch({ loop, options, noise }, { ...incumbent, branchCommit: incumbent.commit }).verdicts
      : replayAll({ loop, options, noise, own }, incumbent, sigmaOf(noise));
  const tests = own ? 0 : loop.experiments.filter((row) => !isCandidate(row)).length;
  const count = (wanted: ReplayedVerdict['verdict']) =>
    verdicts.filter(({ verdict }) => verdict === wanted).length;
  return {
    name: loop.name,
    metric: loop.metric,
    recordedRule: loop.acceptance?.rule ?? null,
    rule: options.rule,
    ownRule: own,
    options,
    noise,
    notes: tests === 0 ? notes : [...notes, leftOut(tests)],
    verdicts,
    kept: count('keep'),
    recordedKept: loop.experiments.filter(({ outcome }) => outcome === 'keep').length,
    unknown: count('unknown'),
    changed: verdicts
      .filter(({ verdict, recorded }) => verdict !== 'unknown' && verdict !== recorded)
      .map(({ experiment }) => experiment),
    real: realOf(verdicts),
  };
};
