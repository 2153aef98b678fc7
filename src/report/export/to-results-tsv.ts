import type { LoopRecord } from '../../contract/ledger.js';
import type { Outcome } from '../../contract/outcome.js';
import { cleanLine } from '../clean-text.js';
import type { RecordedExperiment } from '../loop-summary.js';
import { peakMemory, secondaryMetrics } from './candidate-runs.js';

type Status = 'keep' | 'discard' | 'crash';

const CRASHES: ReadonlySet<Outcome> = new Set([
  'crash',
  'timeout',
  'out_of_memory',
  'no_metric',
  'not_finite',
]);

/** The five columns of karpathy/autoresearch: commit, the metric by its name, memory_gb, status, description. */
export function toResultsTsv(record: LoopRecord): string {
  const { metric } = record.loop.input.task.measure;
  const header = ['commit', cell(metric.name), 'memory_gb', 'status', 'description'];
  const rows = record.experiments.slice().sort((a, b) => a.experiment - b.experiment);
  return [header, ...rows.map(resultRow)].map((cells) => `${cells.join('\t')}\n`).join('');
}

function resultRow(row: RecordedExperiment): string[] {
  const status: Status = row.outcome === 'keep' ? 'keep' : CRASHES.has(row.outcome) ? 'crash' : 'discard';
  const failed = status === 'crash' || row.value === null || !Number.isFinite(row.value);
  return [
    (row.commit ?? '0000000').slice(0, 7),
    (failed || row.value === null ? 0 : row.value).toFixed(6),
    (status === 'crash' ? 0 : memoryGb(row)).toFixed(1),
    status,
    cell(row.idea),
  ];
}

/** The device's memory where the candidate prints it as karpathy's does, else the process tree's. */
function memoryGb(row: RecordedExperiment): number {
  const printed = secondaryMetrics(row).get('peak_vram_mb');
  return printed !== undefined && printed > 0 ? printed / 1024 : peakMemory(row) / 1024 ** 3;
}

const cell = (text: string): string => cleanLine(text);
