import type { RunRecord } from '../../../contract/measurement.js';
import { skipSeeds } from '../../../domain/promotion/skip-seeds.js';
import { upward } from '../../../domain/promotion/upward.js';
import { allOf } from './all-of.js';
import type { Trial } from './trial.js';

const valueOf = (record: RunRecord): number | null => (record.status === 'ok' ? record.value : null);

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
    trial.step({ kind: 'ran', value: value === null ? null : upward(measure.metric.direction, value) });
  }
  trial.state = skipSeeds(trial.state, first + count);
};
