import type { ExperimentRow, LoopEventRow, LoopRow, ModelCallRow } from '../../../../src/contract/ledger.js';
import type { RunRecord } from '../../../../src/contract/measurement.js';
import { NO_USAGE } from '../../../../src/contract/proposal.js';
import { taskSchema } from '../../../../src/contract/task-schema.js';

export const LOOP = 'sine/nov21';
export const AT = 1_763_719_200_123;

export const loopRow = (changes: { loop?: string; direction?: string; tag?: string } = {}): LoopRow => ({
  loop: changes.loop ?? LOOP,
  openedAt: AT,
  input: {
    v: 1,
    loop: changes.loop ?? LOOP,
    tag: changes.tag ?? 'nov21',
    level: 0,
    task: taskSchema.parse({
      name: 'sine',
      editable: ['train.py'],
      run: { command: 'python3 train.py' },
      measure: { metric: { name: 'mse', direction: changes.direction ?? 'minimize' } },
    }),
    source: {
      repository: '/r/.git',
      remote: '/r/.git',
      prefix: '',
      taskFolder: null,
      baseCommit: 'b'.repeat(40),
      evaluatorCommit: 'b'.repeat(40),
      evaluatorHash: null,
    },
    forkedFrom: null,
  },
});

export const run = (changes: Partial<RunRecord> = {}): RunRecord => ({
  role: 'candidate',
  index: 0,
  commit: 'c'.repeat(40),
  seed: 2 ** 53 - 1,
  status: 'ok',
  value: 0.1 + 0.2,
  origin: 'measured',
  deviceClass: 'cpu',
  deviceSeconds: 1.25,
  detail: 'mse=0.3',
  metrics: { memory_mb: 12.5, loss: -1e-300 },
  tail: 'line\n',
  log: { sha256: 'a'.repeat(64), bytes: 104_857_600, mediaType: 'text/plain' },
  evaluatorLog: null,
  evaluatorHash: 'e'.repeat(64),
  peakMemoryBytes: 2 ** 40,
  exitCode: -9,
  device: { class: 'cpu', name: 'CPU', id: '0', host: 'h' },
  sandbox: 'bwrap',
  tampering: [],
  notes: ['a note'],
  startedAt: '2026-11-21T10:00:00.123456Z',
  seconds: { prepare: 0.1, run: 1, measure: 0.1, guards: 0.05 },
  ...changes,
});

type Settled = ExperimentRow & { measurements: RunRecord[] };

export const experiment = (number: number, changes: Partial<Settled> = {}): Settled => ({
  loop: LOOP,
  experiment: number,
  outcome: 'discard',
  reason: 'no better',
  proposer: 'mutate',
  idea: `idea ${String(number)}`,
  base: 'b'.repeat(40),
  baseKind: 'current',
  against: 0,
  commit: String(number).padStart(40, '0'),
  tree: String(number).padStart(40, 'a'),
  branchCommit: null,
  value: 1 / (number + 3),
  verdict: { rule: 'strict', options: {}, evidence: { gain: 1 / 3, values: [1, 2] } },
  deviceClass: 'cpu',
  usage: NO_USAGE,
  duplicateOf: null,
  proposedAt: AT,
  settledAt: AT + number,
  measurements: [run()],
  ...changes,
});

export const event = (seq: number, changes: Partial<LoopEventRow> = {}): LoopEventRow => ({
  loop: LOOP,
  seq,
  kind: 'notice',
  text: `event ${String(seq)}`,
  at: AT + seq,
  ...changes,
});

export const modelCall = (key: string, changes: Partial<ModelCallRow> = {}): ModelCallRow => ({
  key,
  loop: LOOP,
  experiment: 1,
  model: 'm',
  status: 'ok',
  inputTokens: 1000,
  cachedTokens: 500,
  outputTokens: 100,
  dollars: 0.0123,
  milliseconds: 812.5,
  transcript: null,
  ...changes,
});
