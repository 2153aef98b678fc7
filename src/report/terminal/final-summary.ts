import type { LoopStatus } from '../../contract/loop.js';
import { counted, formatDuration } from '../../domain/format.js';
import { holdoutWords } from '../../domain/validation/holdout-words.js';
import { cleanLine } from '../clean-text.js';
import { alarmLines } from './alarm-lines.js';
import { paint } from './paint.js';
import { provisionalLine } from './provisional-line.js';
import { rateText } from './rate-text.js';
import { standingLine } from './standing-line.js';
import { outcomesText } from './status-text.js';

export interface SummaryPlaces {
  /** address of the loop in Temporal's UI */
  ui?: string | null;
  /** path of the HTML report */
  report?: string | null;
  /** path of the repository that holds the branch */
  repository?: string | null;
}

/** What a run ends with: what came out, and where it is. */
export function finalSummary(status: LoopStatus, places: SummaryPlaces, colour = false): string {
  const ink = paint(colour);
  const { spent, elapsedSeconds } = status;
  const word = status.phase === 'failed' ? ink('red', 'failed') : ink('bold', status.phase);
  const note = status.note === '' ? '' : `: ${cleanLine(status.note)}`;
  const rate = rateText(status);
  const count = counted(spent.experiments, 'experiment');
  const where = places.repository ? ` in ${cleanLine(places.repository)}` : '';
  const lines: [string, string][] = [
    ...alarmLines(status.alarms).map((line): [string, string] => ['alarm', ink('red', line)]),
    ['score', ink('green', standingLine(status))],
    ['on trial', provisionalLine(status)],
    ['done', `${count} in ${formatDuration(elapsedSeconds)}${rate === '' ? '' : ` (${rate})`}`],
    ['outcomes', outcomesText(status.outcomes)],
    ['holdout', status.holdout === null ? '' : holdoutWords(status.holdout)],
    ['branch', `${cleanLine(status.branch)}${where}`],
    ['report', cleanLine(places.report ?? '')],
    ['history', cleanLine(places.ui ?? '')],
  ];
  const shown = lines
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `  ${ink('dim', name.padEnd(9))} ${text}`);
  return [`${cleanLine(status.loop)} ${word}${note}`, ...shown].join('\n');
}
