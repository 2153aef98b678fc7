import type { LoopRecord } from '../contract/ledger.js';
import { branchName } from '../contract/names.js';
import { OUTCOMES, type Outcome } from '../contract/outcome.js';
import type { Noise, PromotionStatus } from '../contract/loop.js';
import { relativeGain } from '../domain/relative-gain.js';
import { otherClassesInWords, ownRows } from '../domain/device/row-classes.js';
import { testedAgainst } from '../domain/promotion/tested-against.js';
import { unconfined } from './unconfined.js';
import type { Direction } from '../domain/score.js';
import type { Alarm } from '../contract/alarm.js';
import { revertsOf } from '../contract/reverts.js';
import { standingKeeps } from '../domain/loop/standing-keeps.js';
import { alarmsOf } from './alarms-of.js';
import { loopCosts, type Costs } from './costs.js';
import { loopPhase, type LoopPhase } from './loop-phase.js';
import { measuredNoise } from './noise.js';
import type { Standings } from '../contract/standing.js';
import { standingsOf } from './standings.js';
import { recordedBranch } from './recorded-branch.js';

export type RecordedExperiment = LoopRecord['experiments'][number];

/** What a report says first, read off the ledger. */
export interface LoopSummary {
  loop: string;
  task: string;
  goal: string;
  branch: string;
  metric: { name: string; direction: Direction };
  phase: LoopPhase;
  /** in the order of their verdicts */
  experiments: RecordedExperiment[];
  baseline: RecordedExperiment | null;
  /** keeps with a value that still stand, in the order in which they became the incumbent */
  kept: RecordedExperiment[];
  /** the row of the incumbent: last keep, else the baseline; its value is from when it was decided */
  best: RecordedExperiment | null;
  /** what the loop believes of baseline and incumbent: the scores that every view shows */
  standings: Standings;
  /** relative gain of the incumbent over the baseline */
  gain: number | null;
  noise: Noise | null;
  /** what is provisional; null where every keep stands at once */
  promotion: PromotionStatus | null;
  counts: [Outcome, number][];
  /** how scores were obtained; null where there are none */
  origin: 'measured' | 'reported' | null;
  /** runs without a sandbox */
  unsandboxed: number;
  /** oldest first */
  alarms: Alarm[];
  tampering: { experiment: number; text: string }[];
  /** that the record holds scores of other device classes, which are left out; null: it doesn't */
  otherClasses: string | null;
  costs: Costs;
}

export function summarizeLoop(whole: LoopRecord): LoopSummary {
  const record = { ...whole, experiments: ownRows(whole.experiments) };
  const { input } = record.loop;
  const { metric } = input.task.measure;
  // what ended in the same millisecond stays in the order of the ledger
  const experiments = record.experiments.toSorted((a, b) => a.settledAt - b.settledAt);
  const baseline = experiments.find(({ experiment, value }) => experiment === 0 && value !== null) ?? null;
  const kept = standingKeeps(
    experiments.filter(
      ({ experiment, outcome, value }) => experiment !== 0 && outcome === 'keep' && value !== null,
    ),
    revertsOf(record.events),
  );
  const best = kept.at(-1) ?? baseline;
  const standings = standingsOf({ ...record, experiments });
  const runs = experiments.flatMap(({ measurements }) => measurements);
  const scored = runs.filter(({ value }) => value !== null);
  return {
    loop: record.loop.loop,
    task: input.task.name,
    goal: input.task.goal,
    branch: branchName(input.tag),
    metric: { name: metric.name, direction: metric.direction },
    phase: loopPhase(record),
    experiments,
    baseline,
    kept,
    best,
    standings,
    gain: gainOf(metric.direction, standings),
    noise: measuredNoise(record),
    promotion: recordedBranch({ ...record, experiments }),
    counts: outcomeCounts(experiments),
    origin: scored.length === 0 ? null : scored.some(isReported) ? 'reported' : 'measured',
    unsandboxed: runs.filter(unconfined).length,
    alarms: alarmsOf(record),
    tampering: tamperingNotices(experiments),
    otherClasses: otherClassesInWords(whole.experiments),
    costs: loopCosts(whole),
  };
}

/** Gain of an experiment over the incumbent that it was compared with, relative to that one's score. */
export function gainAgainst(
  row: RecordedExperiment,
  summary: { metric: LoopSummary['metric']; values: ReadonlyMap<number, number | null> },
): number | null {
  if (row.against === null) return null;
  const against = testedAgainst(row) ?? summary.values.get(row.against) ?? null;
  return relativeGain(summary.metric.direction, against, row.value);
}

/** Values by experiment number, for gainAgainst. */
export const valuesOf = (experiments: readonly RecordedExperiment[]): Map<number, number | null> =>
  new Map(experiments.map(({ experiment, value }) => [experiment, value]));

const gainOf = (direction: Direction, { baseline, incumbent }: Standings): number | null =>
  incumbent === null || incumbent.experiment === 0
    ? null
    : relativeGain(direction, baseline?.value ?? null, incumbent.value);

const isReported = ({ origin }: { origin: 'measured' | 'reported' }): boolean => origin === 'reported';

function outcomeCounts(experiments: readonly RecordedExperiment[]): [Outcome, number][] {
  const proposals = experiments.filter(({ experiment }) => experiment !== 0);
  return OUTCOMES.map((outcome): [Outcome, number] => [
    outcome,
    proposals.filter((row) => row.outcome === outcome).length,
  ]).filter(([, count]) => count > 0);
}

function tamperingNotices(experiments: readonly RecordedExperiment[]) {
  return experiments.flatMap(({ experiment, outcome, reason, measurements }) => {
    const seen = [...new Set(measurements.flatMap(({ tampering }) => tampering))];
    if (seen.length === 0 && outcome === 'tampered') seen.push(reason);
    return seen.map((text) => ({ experiment, text }));
  });
}
