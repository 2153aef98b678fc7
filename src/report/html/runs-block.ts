import type { RunRecord } from '../../contract/measurement.js';
import { counted, formatDuration, formatValue } from '../../domain/format.js';
import { escapeCut, escapeText } from '../escape.js';
import { progressWords } from '../progress-words.js';
import { unconfined } from '../unconfined.js';

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
    unconfined(run) ? 'no sandbox' : '',
    run.origin === 'reported' ? 'reported' : '',
    deviceText(run.device.facts),
    courseText(run.course),
    ...run.tampering,
    ...run.notes,
  ].filter((flag) => flag !== '');
  const said = [run.detail, metricsText(run.metrics), ...flags].filter((part) => part !== '').join(' · ');
  return `<tr><td>${run.role} ${String(run.index)}</td><td>${String(run.seed)}</td><td>${run.status.replaceAll('_', ' ')}</td><td class="n">${formatValue(run.value)}</td><td class="n">${formatDuration(run.deviceSeconds)}</td><td>${escapeText(run.device.host.slice(0, 40))}/${escapeText(run.device.id.slice(0, 40))}</td><td>${escapeCut(said, 500)}</td></tr>`;
}

/** What a device's speed hangs on, and what kept it from that. */
const deviceText = (facts: RunRecord['device']['facts']): string => {
  if (!facts) return '';
  const { driver, cuda, clocks, throttle = [], libraries = {}, start } = facts;
  return [
    driver ? `driver ${driver}` : '',
    cuda ? `CUDA ${cuda}` : '',
    clocks?.sm ? `${String(clocks.sm)} of ${String(clocks.smMax ?? clocks.sm)} MHz` : '',
    start?.warm ? `started warm, ${formatDuration(start.importSeconds ?? 0)} of imports ahead` : '',
    throttle.length > 0 ? `slowed by ${throttle.join(' and ')}` : '',
    ...Object.entries(libraries).map(([name, version]) => `${name} ${version}`),
  ]
    .filter((part) => part !== '')
    .join(', ');
};

/** How a run went that took more than one attempt, or that somebody would have stopped. */
const courseText = (course: RunRecord['course']): string => {
  if (course === undefined) return '';
  const { attempt, earlier = [], resumedAt, spared } = course;
  return [
    progressWords(course),
    attempt == null ? '' : `attempt ${String(attempt)}`,
    ...earlier.map(
      ({ host, device, seconds }) => `lost on ${host} ${device} after ${formatDuration(seconds)}`,
    ),
    resumedAt == null ? '' : `went on from ${formatDuration(resumedAt)}`,
    spared == null ? '' : `not stopped early ${spared}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
};

const metricsText = (metrics: Record<string, number>): string =>
  Object.entries(metrics)
    .slice(0, 8)
    .map(([name, value]) => `${name} ${formatValue(value)}`)
    .join(', ');
