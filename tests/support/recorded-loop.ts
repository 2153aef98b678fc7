import type { Measurement, Role } from '../../src/contract/measurement.js';
import type { Acceptance } from '../../src/contract/task-schema.js';
import type { RecordedExperiment, RecordedLoop } from '../../src/domain/replay/recorded.js';
import { taskWith } from './loop-input.js';

export const measured = (role: Role, index: number, commit: string, value: number | null): Measurement => ({
  role,
  index,
  commit,
  seed: index,
  status: value === null ? 'crash' : 'ok',
  value,
  origin: 'measured',
  deviceClass: 'cpu',
  deviceSeconds: 1,
  detail: value === null ? 'crashed' : '',
});

/** A kept or discarded candidate `c<n>` with these runs of its own and of the incumbent beside it. */
export const recordedExperiment = (
  experiment: number,
  outcome: RecordedExperiment['outcome'],
  values: (number | null)[],
  beside: { commit: string; values: number[] } = { commit: '', values: [] },
): RecordedExperiment => ({
  experiment,
  idea: `idea ${String(experiment)}`,
  outcome,
  reason: '',
  commit: `c${String(experiment)}`,
  against: null,
  standing: null,
  value: values[0] ?? null,
  measurements: [
    ...values.map((value, index) => measured('candidate', index, `c${String(experiment)}`, value)),
    ...beside.values.map((value, at) => measured('incumbent', at + 1, beside.commit, value)),
  ],
});

/** A loop whose lower metric is better, from a base with these values. */
export const recordedLoop = (
  baseline: number[],
  experiments: RecordedExperiment[],
  extra: Partial<RecordedLoop> = {},
): RecordedLoop => ({
  name: 'toy/rec',
  metric: { name: 'loss', direction: 'minimize' },
  acceptance: acceptanceOf({ rule: 'strict' }),
  guarded: false,
  baseline: baseline.map((value, index) => measured('baseline', index, 'base', value)),
  experiments,
  reruns: [],
  ...extra,
});

export const acceptanceOf = (
  acceptance: { rule: Acceptance['rule'] } & Record<string, unknown>,
): Acceptance => taskWith({ acceptance }).acceptance;
