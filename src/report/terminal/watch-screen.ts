import type { LoopStatus } from '../../contract/loop.js';
import { formatDuration } from '../../domain/format.js';
import { alarmLines } from './alarm-lines.js';
import { budgetBars } from './budget-bars.js';
import { cut } from './display-width.js';
import { paint, type Paint } from './paint.js';
import { progressLine, type FinishedExperiment } from './progress-line.js';
import { provisionalLine } from './provisional-line.js';
import { rateText } from './rate-text.js';
import { sparkline } from './sparkline.js';
import { standingLine } from './standing-line.js';
import { progressWords } from '../progress-words.js';

export interface ScreenSize {
  columns: number;
  rows: number;
  colour?: boolean;
}

/**
 * The live screen, at most `rows` lines of at most `columns`. What matters most comes first; the last verdicts
 * take what room is left.
 */
export function watchScreen(
  status: LoopStatus,
  rows: readonly FinishedExperiment[],
  size: ScreenSize,
): string[] {
  const { columns, colour = false } = size;
  const ink = paint(colour);
  const trial = provisionalLine(status);
  const lines = [standingLine(status), ...(trial === '' ? [] : [trial])];
  const alarms = alarmLines(status.alarms).map((line) => ink('red', cut(`! ${line}`, columns)));
  const top = [title(status, columns, ink), ...alarms, ...lines.map((line) => cut(line, columns))];
  const bottom = [...waits(status, columns, ink), ...tail(status, columns, ink)];
  const bars = budgetBars(status, columns, ink);
  let free = size.rows - top.length - bottom.length;
  const shownBars = free > bars.length + 4 ? [...bars, ''] : [];
  free -= shownBars.length;
  const curve = curveLines(status, rows, { columns, height: free >= 16 ? 4 : free >= 9 ? 2 : 0 });
  free -= curve.length;
  const verdicts = rows
    .toSorted((a, b) => b.experiment - a.experiment)
    .slice(0, Math.max(0, free))
    .map((row) => progressLine(row, status, { columns, colour, bare: true }));
  return [...top, ...curve.map((line) => ink('green', line)), ...shownBars, ...verdicts, ...bottom].slice(
    0,
    Math.max(0, size.rows),
  );
}

function title(
  { loop, phase, note, elapsedSeconds, ...status }: LoopStatus,
  columns: number,
  ink: Paint,
): string {
  const rate = rateText({ ...status, elapsedSeconds });
  const parts = [loop, phase, formatDuration(elapsedSeconds), rate, note].filter((part) => part !== '');
  return ink('bold', cut(parts.join(' · '), columns));
}

function curveLines(
  { metric, baseline }: LoopStatus,
  rows: readonly FinishedExperiment[],
  size: { columns: number; height: number },
): string[] {
  if (size.height === 0) return [];
  const kept = rows
    .toSorted((a, b) => a.experiment - b.experiment)
    .map(({ outcome, value }) => (outcome === 'keep' ? value : null));
  const lines = sparkline([baseline?.value ?? null, ...kept], metric.direction, size);
  return lines.length === 0 ? [] : ['', ...lines, ''];
}

function waits(
  { running, waiting, awaitingApproval, loop, holdout }: LoopStatus,
  columns: number,
  ink: Paint,
): string[] {
  const shown = running.slice(0, 4).map(({ experiment, idea, waitingFor, run }) => {
    const said = run === undefined ? '' : progressWords(run);
    const parts = [waitingFor, said, idea].filter((part) => part !== '').join(' · ');
    const line = `▶ #${String(experiment)} ${parts}`;
    return ink('cyan', cut(line, columns));
  });
  const others = running.length - shown.length;
  if (others > 0) shown.push(ink('cyan', cut(`▶ and ${String(others)} more`, columns)));
  if (holdout?.asking?.away === true)
    shown.push(ink('yellow', cut('? the steward is away: the loop waits for it', columns)));
  if (waiting > 0) shown.push(ink('dim', cut(`${String(waiting)} prepared, waiting for a device`, columns)));
  const asked = awaitingApproval.slice(0, 3).map(({ experiment, idea }) => {
    const line = `? #${String(experiment)} waits for you: autolift approve ${loop} ${String(experiment)} · ${idea}`;
    return ink('yellow', cut(line, columns));
  });
  return ['', ...shown, ...asked];
}

function tail({ hints, phase, loop }: LoopStatus, columns: number, ink: Paint): string[] {
  const hint = hints.length === 0 ? [] : [ink('dim', cut(`hint: ${hints.slice(-2).join(' | ')}`, columns))];
  const ended = phase === 'done' || phase === 'failed';
  const verb = phase === 'paused' ? 'resume' : 'pause';
  const keys = ended
    ? `autolift report ${loop}`
    : `Ctrl-C leaves, the loop goes on · autolift ${verb} ${loop} · autolift stop ${loop}`;
  return [...hint, ink('dim', cut(keys, columns))];
}
