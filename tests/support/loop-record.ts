import type { LoopRecord } from '../../src/contract/ledger.js';
import type { RunRecord } from '../../src/contract/measurement.js';
import type { Outcome } from '../../src/contract/outcome.js';
import { NO_USAGE } from '../../src/contract/proposal.js';
import { taskSchema, type Task } from '../../src/contract/task-schema.js';

import { sampleRun } from '../fixtures/report/sample-run.js';
import { HOSTILE, IDEAS, REASONS, sampleDiff } from '../fixtures/report/texts.js';

export type Scenario = 'plain' | 'crash-only' | 'no-baseline' | 'huge-ideas' | 'hostile' | 'decades';

export interface RecordOptions {
  /** proposals; the baseline comes on top */
  experiments: number;
  seed?: number;
  scenario?: Scenario;
  direction?: 'minimize' | 'maximize';
  finished?: boolean;
  sandbox?: 'bwrap' | 'none';
}

type Row = LoopRecord['experiments'][number];

const START = Date.UTC(2026, 3, 5, 21, 14, 7);

/** A loop as the ledger could hold it; the same options give the same record. */
export function loopRecord(options: RecordOptions): LoopRecord {
  const random = mulberry32(options.seed ?? 1);
  const rows = experimentRows(options, random);
  const input = { v: 1 as const, loop: 'tiny-gpt/apr5', tag: 'apr5', level: 0, task: task(options) };
  return {
    loop: { loop: 'tiny-gpt/apr5', openedAt: START, input: { ...input, source: SOURCE, forkedFrom: null } },
    experiments: rows,
    modelCalls: rows.filter(({ usage }) => usage.calls > 0).map(modelCall),
    events: events(options, rows),
  };
}

const SOURCE = {
  repository: '/home/ada/tiny-gpt/.git',
  remote: '/home/ada/tiny-gpt/.git',
  prefix: '',
  taskFolder: null,
  baseCommit: 'b'.repeat(40),
  evaluatorCommit: 'b'.repeat(40),
  evaluatorHash: 'e'.repeat(64),
};

function task({ direction = 'minimize' }: RecordOptions): Task {
  return taskSchema.parse({
    name: 'tiny-gpt',
    goal: 'Lowest validation bits per byte that a small language model reaches in 20 seconds on one CPU.',
    editable: ['train.py'],
    run: { command: 'python3 train.py', budget: '20s' },
    measure: { command: 'python3 evaluate.py', metric: { name: 'val_bpb', direction } },
    acceptance: { rule: 'confirm', n: 2, minEffect: 0.0005 },
    budget: { experiments: 100, dollars: 5 },
  });
}

function experimentRows(options: RecordOptions, random: () => number): Row[] {
  const state = { best: options.scenario === 'decades' ? 40 : 2.4127, against: 0 };
  const rows: Row[] = [baselineRow(options, state.best, random)];
  for (let experiment = 1; experiment <= options.experiments; experiment += 1) {
    const outcome = pickOutcome(options, random, experiment);
    const value = pickValue(outcome, { state, random, options });
    rows.push(candidateRow({ experiment, outcome, value, state, random, options }));
    if (outcome === 'keep' && value !== null) Object.assign(state, { best: value, against: experiment });
  }
  return rows;
}

function pickOutcome({ scenario }: RecordOptions, random: () => number, experiment: number): Outcome {
  if (scenario === 'crash-only') return random() < 0.7 ? 'crash' : 'timeout';
  const draw = random();
  if (draw < 0.35 * Math.exp(-experiment / 60) + 0.02) return 'keep';
  if (draw < 0.74) return 'discard';
  const rest: Outcome[] = [
    'inconclusive',
    'inconclusive',
    'crash',
    'crash',
    'timeout',
    'duplicate',
    'refused',
  ];
  rest.push('no_metric', 'out_of_memory', 'no_change', 'guard_failed', 'tampered', 'not_finite', 'discard');
  return rest[Math.floor(random() * rest.length)] ?? 'discard';
}

interface Draw {
  state: { best: number; against: number };
  random: () => number;
  options: RecordOptions;
}

function pickValue(outcome: Outcome, { state, random, options }: Draw): number | null {
  const sign = options.direction === 'maximize' ? 1 : -1;
  const scale = options.scenario === 'decades' ? state.best * 0.6 : 0.05;
  if (outcome === 'keep') return state.best + sign * scale * (0.03 + random() ** 3);
  if (outcome === 'inconclusive') return state.best + (random() - 0.6) * scale * 0.1;
  if (outcome !== 'discard') return null;
  return state.best - sign * scale * (random() < 0.04 ? 400 * random() : 3 * random() ** 2);
}

function baselineRow(options: RecordOptions, value: number, random: () => number): Row {
  const failed = options.scenario === 'no-baseline';
  const values = [0, 1, 2].map(() => value + (random() - 0.5) * 0.004);
  const mean = values.reduce((a, b) => a + b, 0) / 3;
  return {
    ...emptyRow(0),
    outcome: failed ? 'crash' : 'keep',
    reason: failed ? 'the unchanged artifact ended as crash: exit code 1' : 'baseline',
    proposer: 'baseline',
    idea: 'baseline',
    against: null,
    value: failed ? null : mean,
    measurements: failed
      ? [run({ role: 'baseline', value: null, index: 0, options })]
      : values.map((each, index) => run({ role: 'baseline', value: each, index, options })),
  };
}

interface Candidate extends Draw {
  experiment: number;
  outcome: Outcome;
  value: number | null;
}

function candidateRow({ experiment, outcome, value, state, random, options }: Candidate): Row {
  const neverRan = ['duplicate', 'refused', 'no_change'].includes(outcome);
  const confirmed = outcome === 'keep' || outcome === 'inconclusive';
  const measurements = neverRan ? [] : [run({ role: 'candidate', value, index: 0, options })];
  for (const index of confirmed ? [1, 2] : []) {
    const near = (centre: number) => centre + (random() - 0.5) * 0.003;
    measurements.push(run({ role: 'candidate', value: near(value ?? 0), index, options }));
    measurements.push(run({ role: 'incumbent', value: near(state.best), index, options }));
  }
  if (outcome === 'tampered') measurements[0]?.tampering.push('evaluate.py was overwritten during the run');
  return {
    ...emptyRow(experiment),
    outcome,
    reason: options.scenario === 'hostile' ? pick(HOSTILE, experiment + 3) : reasonFor(outcome),
    idea: ideaFor(experiment, options),
    against: state.against,
    commit: neverRan ? null : hex(experiment),
    branchCommit: outcome === 'keep' ? hex(experiment) : null,
    value,
    duplicateOf: outcome === 'duplicate' ? 1 : null,
    usage: {
      ...NO_USAGE,
      model: 'local-coder',
      calls: 1,
      inputTokens: 6200,
      cachedTokens: 4100,
      outputTokens: 700,
      dollars: 0.0061,
    },
    measurements,
  };
}

function emptyRow(experiment: number): Row {
  return {
    loop: 'tiny-gpt/apr5',
    experiment,
    outcome: 'discard',
    reason: '',
    proposer: 'openai',
    idea: '',
    base: 'b'.repeat(40),
    baseKind: 'current',
    against: 0,
    commit: hex(experiment),
    tree: hex(experiment + 7),
    branchCommit: null,
    value: null,
    verdict: null,
    deviceClass: 'cpu',
    usage: NO_USAGE,
    duplicateOf: null,
    proposedAt: START + experiment * 24_000,
    settledAt: START + experiment * 24_000 + 22_000,
    measurements: [],
  };
}

function events({ finished = true }: RecordOptions, rows: Row[]): LoopRecord['events'] {
  const at = (rows.at(-1)?.settledAt ?? START) + 1000;
  const base = { loop: 'tiny-gpt/apr5' };
  const opened = { ...base, seq: 0, kind: 'opened' as const, text: 'opened', at: START };
  return finished
    ? [opened, { ...base, seq: 1, kind: 'stopped', text: 'all experiments of the budget are done', at }]
    : [opened];
}

function modelCall({ experiment, usage }: Row): LoopRecord['modelCalls'][number] {
  const { inputTokens, cachedTokens, outputTokens, dollars } = usage;
  const spent = { inputTokens, cachedTokens, outputTokens, dollars, milliseconds: 4200, transcript: null };
  const key = `tiny-gpt/apr5/${String(experiment)}/1/1`;
  return { key, loop: 'tiny-gpt/apr5', experiment, model: 'local-coder', status: 'ok', ...spent };
}

function ideaFor(experiment: number, { scenario }: RecordOptions): string {
  if (scenario === 'hostile') return pick(HOSTILE, experiment);
  if (scenario === 'huge-ideas') return `idea ${String(experiment)} ${'& <so> 🧪 on '.repeat(4000)}`;
  return pick(IDEAS, experiment);
}

const reasonFor = (outcome: Outcome): string => REASONS[outcome] ?? outcome.replaceAll('_', ' ');

const pick = (items: readonly string[], index: number): string => items[index % items.length] ?? '';

const run = (given: Pick<RunRecord, 'role' | 'value' | 'index'> & { options: RecordOptions }): RunRecord =>
  sampleRun({
    role: given.role,
    value: given.value,
    index: given.index,
    sandbox: given.options.sandbox ?? 'bwrap',
    ...(given.options.scenario === 'hostile' ? { tail: HOSTILE.join('\n') } : {}),
  });

const hex = (value: number): string =>
  (value * 2_654_435_761 + 97_531).toString(16).padStart(12, '0').slice(-12).repeat(4).slice(0, 40);

/** Small seeded generator of numbers in [0, 1). */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A diff for each candidate that ran, as git prints it. */
export function diffsOf(record: LoopRecord, text?: string): Map<number, string> {
  const rows = record.experiments.filter(({ experiment, commit }) => experiment > 0 && commit !== null);
  return new Map(rows.map(({ experiment }) => [experiment, text ?? sampleDiff(experiment)]));
}
