import type { RunRecord } from '../../../contract/measurement.js';
import { skipSeeds } from '../../../domain/promotion/skip-seeds.js';
import { upward } from '../../../domain/promotion/upward.js';
import { allOf } from './all-of.js';
import type { Trial } from './trial.js';

const valueOf = (record: RunRecord): number | null => (record.status === 'ok' ? record.value : null);

/** Whether a seed is one on which the artifact that stands does run. */
const oldTrunkRuns = async (trial: Trial, seed: number): Promise<boolean> => {
  const { commit } = trial.begun.trunk;
  const again = await trial.run({ role: 'incumbent', index: seed, seed, commit, guards: false });
  return again !== null && valueOf(again) !== null;
};

/** A gain with crashes that were not there before is none: the candidate is refused at the first of them. */
const giveWay = (trial: Trial, { status, detail }: RunRecord): void => {
  const reason = `the trunk fails on a fresh seed on which the one before it runs (${status}): ${detail}`;
  trial.state = { ...trial.state, phase: { kind: 'halted', reason: reason.slice(0, 300) } };
};

/** Fresh runs of the sealed trunk, as many at a time as there are devices. */
export const measureStanding = async (trial: Trial, first: number): Promise<void> => {
  const { sealed, state, loop } = trial;
  if (sealed === null) throw new RangeError('no trunk was sealed');
  const { concurrency, measure } = loop.input.task;
  const count = Math.max(1, Math.min(concurrency, state.options.repeats - state.standing.length));
  const seeds = Array.from({ length: count }, (_, i) => first + i);
  const runs = await allOf(
    seeds.map((seed) => trial.run({ role: 'candidate', index: seed, seed, commit: sealed, guards: false })),
  );
  for (const [i, record] of runs.entries()) {
    if (record === null || trial.state.phase.kind !== 'standing') break;
    const value = valueOf(record);
    if (value !== null) trial.standing.push({ seed: first + i, value });
    if (value === null && (await oldTrunkRuns(trial, first + i))) return giveWay(trial, record);
    trial.step({ kind: 'ran', value: value === null ? null : upward(measure.metric.direction, value) });
  }
  trial.state = skipSeeds(trial.state, first + count);
};
