import type { LoopStatus, RecentVerdict } from '../../contract/loop.js';
import { formatGain, formatValue } from '../../domain/format.js';
import { budgetUse } from '../../domain/loop/budget-use.js';
import { relativeGain } from '../../domain/relative-gain.js';
import { cleanLine } from '../clean-text.js';
import { cut, displayWidth, fit, fitRight } from './display-width.js';
import { outcomeMark } from './outcome-mark.js';
import { paint } from './paint.js';
import { needsReason } from './reason-line.js';
import { rateText } from './rate-text.js';

/** One experiment that has its verdict. */
export interface FinishedExperiment extends RecentVerdict {
  /** score of the incumbent that it was compared with, where it is known */
  incumbentValue?: number | null;
  /** score of the last keep when it was decided, where it is known */
  best?: number | null;
}

export interface LineOptions {
  /** default 100 */
  columns?: number;
  colour?: boolean;
  /** leave out what is the same on every line: best, rate, budget */
  bare?: boolean;
}

/** Below so many columns best, rate and what is left take the gain's place, and the idea gets what remains. */
const NARROW = 96;

/** One line for one finished experiment: number, outcome, score, gain, best, rate, what is left, idea. */
export function progressLine(row: FinishedExperiment, status: LoopStatus, options: LineOptions = {}): string {
  const { columns = 100, colour = false, bare = false } = options;
  const ink = paint(colour);
  const mark = outcomeMark(row.outcome);
  const word = row.experiment === 0 && row.outcome === 'keep' ? 'baseline' : mark.word;
  const head = `${fitRight(`#${String(row.experiment)}`, 6)} `;
  const verdict = `${mark.symbol} ${fit(word, 13)}`;
  const tight = columns < NARROW && !bare;
  const gain = tight ? '' : ` ${fitRight(gainText(row, status), 9)}`;
  const score = `${fitRight(formatValue(row.value), 10)}${gain}`;
  const left = `${head}${verdict}${score}`;
  if (displayWidth(left) > columns) return cut(left, columns);
  const standing = row.best ?? status.incumbent?.value ?? null;
  const right = bare ? '' : loopText(standing, status, { tight, room: columns - displayWidth(left) });
  const room = columns - displayWidth(left) - displayWidth(right) - 2;
  const text = bare && needsReason(row) ? `${row.reason} · ${row.idea}` : row.idea;
  const idea = room >= 8 ? `  ${cut(cleanLine(text.slice(0, 2000)), room)}` : '';
  return `${ink('dim', head)}${ink(mark.ink, verdict)}${score}${ink('dim', right)}${idea}`.trimEnd();
}

/** As much of best, rate and budget as there is room for. */
function loopText(
  standing: number | null,
  status: LoopStatus,
  { tight, room }: { tight: boolean; room: number },
): string {
  const best = `kept ${fit(formatValue(standing), 9)}`;
  const left = leftText(status);
  const parts = [best, fit(rateText(status), tight ? 7 : 8), tight ? left : left.padEnd(12)];
  return parts.reduce((text, part) => {
    const longer = `${text}  ${part}`;
    return part.trim() !== '' && displayWidth(longer) <= room ? longer : text;
  }, '');
}

function gainText({ outcome, value, incumbentValue }: FinishedExperiment, status: LoopStatus): string {
  const against = incumbentValue ?? (outcome === 'keep' ? null : (status.incumbent?.value ?? null));
  const gain = relativeGain(status.metric.direction, against, value);
  return gain === null ? '' : formatGain(gain);
}

/** Of the tightest limit. */
function leftText(status: LoopStatus): string {
  const tightest = budgetUse(status)[0];
  if (tightest === undefined) return '';
  return tightest.name === 'experiments'
    ? `${tightest.left} left`
    : `${tightest.left} ${SHORT[tightest.name]}left`;
}

const SHORT = { 'wall clock': '', 'device time': 'device ', dollars: '', tokens: 'tokens ' } as const;
