import type { RunRecord } from '../../../contract/measurement.js';
import type { PromotionState, Wanted } from '../../../contract/promotion.js';
import { skipSeeds } from '../../../domain/promotion/skip-seeds.js';
import { upward } from '../../../domain/promotion/upward.js';
import { allOf } from './all-of.js';
import { artifactCommit } from './artifact-commit.js';
import type { Trial } from './trial.js';

type Arm = () => Promise<RunRecord | null>;
type Pair = Extract<Wanted, { kind: 'pair' }>;

/** The test, or the leave-one-out of one change: pairs measured for one are of no use to the next. */
const stageOf = ({ phase }: PromotionState): string =>
  phase.kind === 'prune' ? `prune ${String(phase.at)}` : phase.kind;

const pairsLeft = ({ phase, options }: PromotionState): number =>
  phase.kind === 'test' || phase.kind === 'prune' ? options.nmax - phase.test.sums.n - phase.spoilt : 1;

const valueOf = (record: RunRecord): number | null => (record.status === 'ok' ? record.value : null);

const inTurn = async (first: Arm, second: Arm): Promise<(RunRecord | null)[]> => {
  const before = await first();
  return before === null ? [null, null] : [before, await second()];
};

/** Both arms on one seed: one after the other on one device, with the first place in turns, or side by side on two. */
const runPair = async (trial: Trial, seed: number, commits: { left: string; right: string }) => {
  const left = () => trial.run({ role: 'candidate', index: seed, seed, commit: commits.left, guards: false });
  const right = () =>
    trial.run({ role: 'incumbent', index: seed, seed, commit: commits.right, guards: false });
  const order = seed % 2 === 0 ? [left, right] : [right, left];
  const [first, second] = order;
  if (first === undefined || second === undefined) return null;
  const records: (RunRecord | null)[] =
    trial.loop.input.task.concurrency > 1 ? await allOf([first(), second()]) : await inTurn(first, second);
  const [a, b] = seed % 2 === 0 ? records : records.toReversed();
  return a == null || b == null ? null : { seed, left: valueOf(a), right: valueOf(b) };
};

const record = (trial: Trial, pair: { seed: number; left: number | null; right: number | null }): void => {
  const { phase } = trial.state;
  const stage = phase.kind === 'prune' ? 'prune' : 'test';
  trial.pairs.push({ stage, without: phase.kind === 'prune' ? phase.at : null, ...pair });
};

/** A change that the others can't do without stays: as if the branch without it had failed. */
const keepChange = (trial: Trial, stage: string): void => {
  while (stageOf(trial.state) === stage) trial.step({ kind: 'paired', left: null, right: 0 });
};

/** As many pairs as devices can take at once, told to the machine in the order of their seeds. */
export const measurePairs = async (trial: Trial, wanted: Pair): Promise<void> => {
  const { concurrency, measure } = trial.loop.input.task;
  const stage = stageOf(trial.state);
  const commits = await trial.patiently(async () => ({
    right: await artifactCommit(trial, wanted.right),
    left: await artifactCommit(trial, wanted.left),
  }));
  if (commits === null) return;
  const { left, right } = commits;
  if (left === null || right === null) {
    keepChange(trial, stage);
    return;
  }
  const count = Math.max(1, Math.min(Math.floor(concurrency / 2), pairsLeft(trial.state)));
  const seeds = Array.from({ length: count }, (_, i) => wanted.seed + i);
  const pairs = await allOf(seeds.map((seed) => runPair(trial, seed, { left, right })));
  const up = (value: number | null) => (value === null ? null : upward(measure.metric.direction, value));
  for (const pair of pairs) {
    if (pair === null || stageOf(trial.state) !== stage) break;
    record(trial, pair);
    trial.step({ kind: 'paired', left: up(pair.left), right: up(pair.right) });
  }
  trial.state = skipSeeds(trial.state, wanted.seed + count);
};
