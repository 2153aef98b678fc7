import type { LoopRecord } from '../../contract/ledger.js';
import { byChildLoops } from '../../domain/research/by-child-loops.js';
import { cleanText } from '../clean-text.js';
import { standingsOf } from '../standings.js';
import type { RecordedExperiment } from '../loop-summary.js';
import { candidateRuns, peakMemory, secondaryMetrics } from './candidate-runs.js';
import { DEVICE_COLUMNS, deviceColumns } from './device-columns.js';

type Cell = string | number | null;

/**
 * Every experiment with all that is known of it, as RFC 4180; no cell is a formula. `value` is its score when it was
 * decided, `standing` what the loop believed of it last, where it ever stood.
 */
export function toCsv(record: LoopRecord): string {
  const rows = record.experiments.slice().sort((a, b) => a.experiment - b.experiment);
  const secondary = [...new Set(rows.flatMap((row) => [...secondaryMetrics(row).keys()]))].sort();
  const { of } = standingsOf(record);
  const epoch = record.loop.input.epoch?.number ?? 1;
  const lines = rows.map((row) => {
    const metrics = secondaryMetrics(row);
    return [
      ...Object.values(columns(row, { epoch, stood: of.get(row.experiment) ?? null })),
      ...secondary.map((name) => metrics.get(name) ?? null),
    ];
  });
  const header = [...COLUMNS, ...secondary.map((name) => `metric.${name}`)];
  return [header, ...lines].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

function columns(
  row: RecordedExperiment,
  { epoch, stood }: { epoch: number; stood: { value: number; n: number } | null },
) {
  const runs = candidateRuns(row);
  const all = row.measurements;
  const { usage } = row;
  return {
    experiment: row.experiment,
    outcome: row.outcome,
    value: row.value,
    origin: runs.find(({ value }) => value !== null)?.origin ?? null,
    idea: row.idea,
    reason: row.reason,
    proposer: row.proposer,
    against: row.against,
    base: row.base,
    base_kind: row.baseKind,
    commit: row.commit,
    branch_commit: row.branchCommit,
    duplicate_of: row.duplicateOf,
    device_class: row.deviceClass,
    runs: all.length,
    seconds: all.reduce((sum, { deviceSeconds }) => sum + deviceSeconds, 0),
    peak_memory_bytes: peakMemory(row),
    sandbox: [...new Set(all.filter((run) => !byChildLoops(run)).map(({ sandbox }) => sandbox))].join(' '),
    tampering: [...new Set(all.flatMap(({ tampering }) => tampering))].join('; '),
    model: usage.model,
    model_calls: usage.calls,
    input_tokens: usage.inputTokens,
    cached_tokens: usage.cachedTokens,
    output_tokens: usage.outputTokens,
    dollars: usage.dollars,
    proposed_at: isoTime(row.proposedAt),
    settled_at: isoTime(row.settledAt),
    epoch,
    standing: stood?.value ?? null,
    standing_runs: stood?.n ?? null,
    ...deviceColumns(runs),
  } satisfies Record<(typeof COLUMNS)[number], Cell>;
}

const COLUMNS = [
  'experiment',
  'outcome',
  'value',
  'origin',
  'idea',
  'reason',
  'proposer',
  'against',
  'base',
  'base_kind',
  'commit',
  'branch_commit',
  'duplicate_of',
  'device_class',
  'runs',
  'seconds',
  'peak_memory_bytes',
  'sandbox',
  'tampering',
  'model',
  'model_calls',
  'input_tokens',
  'cached_tokens',
  'output_tokens',
  'dollars',
  'proposed_at',
  'settled_at',
  'epoch',
  'standing',
  'standing_runs',
  ...DEVICE_COLUMNS,
] as const;

const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** A spreadsheet runs what starts with one of these; an apostrophe makes it text. */
const FORMULA = /^[=+\-@\t]/;

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? plainNumber(cell) : '';
  const text = cleanText(cell);
  const safe = FORMULA.test(text) && !isNumber(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A mean of decimals is not one itself: 50.29999999999999 is the last bit of 50.3, not a measurement. */
const plainNumber = (value: number): string => String(Number(value.toPrecision(15)));

const isNumber = (text: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
