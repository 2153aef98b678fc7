import type { LoopRecord } from '../../contract/ledger.js';
import type { Outcome } from '../../contract/outcome.js';
import { CRASHES } from '../../domain/evidence/has-crashed.js';
import { classesIn } from '../../domain/device/row-classes.js';
import { cleanLine } from '../clean-text.js';
import type { RecordedExperiment } from '../loop-summary.js';
import { peakMemory, secondaryMetrics } from './candidate-runs.js';

const CRASHED: ReadonlySet<Outcome> = new Set(CRASHES);

type Status = 'keep' | 'discard' | 'crash';

/** Outcomes that the three statuses say all of. */
const SAID: ReadonlySet<Outcome> = new Set(['keep', 'discard', 'crash']);

/**
 * The five columns of karpathy/autoresearch, in the order of the verdicts: commit, the metric by its name, memory_gb, status, description; a sixth only
 * where scores of several device classes stand there, which mustn't be compared.
 */
export function toResultsTsv(record: LoopRecord): string {
  const { metric } = record.loop.input.task.measure;
  const header = ['commit', cell(metric.name), 'memory_gb', 'status', 'description'];
  // as a loop that appends a line for each verdict has them: a reader takes each row for judged against those before it
  const rows = record.experiments.toSorted(
    (a, b) => a.settledAt - b.settledAt || a.experiment - b.experiment,
  );
  const classes = classesIn(record.experiments).length > 1;
  const lines = classes
    ? [[...header, 'device_class'], ...rows.map((row) => [...resultRow(row), row.deviceClass ?? ''])]
    : [header, ...rows.map(resultRow)];
  return lines.map((cells) => `${cells.join('\t')}\n`).join('');
}

/** Zero stands for no score, as karpathy's crashes have it: only under `crash` does no reader take it for a good one. */
function statusOf({ outcome, value }: RecordedExperiment): Status {
  if (CRASHED.has(outcome) || value === null || !Number.isFinite(value)) return 'crash';
  return outcome === 'keep' ? 'keep' : 'discard';
}

function resultRow(row: RecordedExperiment): string[] {
  const status = statusOf(row);
  const outcome =
    row.outcome === status && SAID.has(row.outcome) ? '' : ` (${row.outcome.replaceAll('_', ' ')})`;
  return [
    (row.commit ?? '0000000').slice(0, 7),
    (status === 'crash' ? 0 : (row.value ?? 0)).toFixed(6),
    (status === 'crash' ? 0 : memoryGb(row)).toFixed(1),
    status,
    cell(`${row.idea}${outcome}`),
  ];
}

/** The device's memory, where the candidate prints it as karpathy's does or the worker saw it, else the process tree's. */
function memoryGb(row: RecordedExperiment): number {
  const metrics = secondaryMetrics(row);
  const printed = metrics.get('peak_vram_mb') ?? 0;
  const seen = metrics.get('peak_device_memory_bytes') ?? 0;
  return printed > 0 ? printed / 1024 : (seen > 0 ? seen : peakMemory(row)) / 1024 ** 3;
}

const cell = (text: string): string => cleanLine(text);
