import type { RunRecord } from '../../contract/measurement.js';
import { counted, formatDuration, formatValue } from '../../domain/format.js';
import { escapeCut, escapeText } from '../escape.js';

const RUNS = 24;

/** The runs behind a verdict, each with what it gave. */
export function runsBlock(runs: readonly RunRecord[]): string {
  if (runs.length === 0) return '';
  const more =
    runs.length > RUNS ? `<p class="note">… and ${counted(runs.length - RUNS, 'more run')}</p>` : '';
  const head =
    '<tr><th>run of</th><th>seed</th><th>status</th><th class="n">value</th><th class="n">time</th><th>device</th><th>what happened</th></tr>';
  return `<div class="scroll" tabindex="0"><table class="runs">${head}${runs.slice(0, RUNS).map(runRow).join('')}</table></div>${more}`;
}

function runRow(run: RunRecord): string {
  const flags = [
    run.sandbox === 'none' ? 'no sandbox' : '',
    run.origin === 'reported' ? 'reported' : '',
    ...run.tampering,
    ...run.notes,
  ].filter((flag) => flag !== '');
  const said = [run.detail, metricsText(run.metrics), ...flags].filter((part) => part !== '').join(' · ');
  return `<tr><td>${run.role} ${String(run.index)}</td><td>${String(run.seed)}</td><td>${run.status.replaceAll('_', ' ')}</td><td class="n">${formatValue(run.value)}</td><td class="n">${formatDuration(run.deviceSeconds)}</td><td>${escapeText(run.device.host.slice(0, 40))}/${escapeText(run.device.id.slice(0, 40))}</td><td>${escapeCut(said, 500)}</td></tr>`;
}

const metricsText = (metrics: Record<string, number>): string =>
  Object.entries(metrics)
    .slice(0, 8)
    .map(([name, value]) => `${name} ${formatValue(value)}`)
    .join(', ');
