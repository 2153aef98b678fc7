import type { LoopStatus, RecentVerdict } from '../../contract/loop.js';
import { formatGain, formatValue } from '../../domain/format.js';
import { budgetUse } from '../../domain/loop/budget-use.js';
import { relativeGain } from '../../domain/relative-gain.js';
import { cut, displayWidth, fit, fitRight } from './display-width.js';
import { outcomeMark } from './outcome-mark.js';
import { paint } from './paint.js';
import { rateText } from './rate-text.js';

/** One experiment that has its verdict. */
export interface FinishedExperiment extends RecentVerdict {
  /** score of the incumbent that it was compared with, where it is known */
  incumbentValue?: number | null;
}

export interface LineOptions {
  /** default 100 */
  columns?: number;
  colour?: boolean;
}

/** One line for one finished experiment: number, outcome, score, gain, best, rate, what is left, idea. */
export function progressLine(row: FinishedExperiment, status: LoopStatus, options: LineOptions = {}): string {
  const { columns = 100, colour = false } = options;
  const ink = paint(colour);
  const mark = outcomeMark(row.outcome);
  const head = `${fitRight(`#${String(row.experiment)}`, 6)} `;
  const verdict = `${mark.symbol} ${fit(row.experiment === 0 && row.outcome === 'keep' ? 'baseline' : mark.word, 13)}`;
  const score = `${fitRight(formatValue(row.value), 10)} ${fitRight(gainText(row, status), 9)}`;
  const best = `best ${fit(formatValue(status.incumbent?.value ?? null), 9)}`;
  const parts = [fit(rateText(status), 9), fit(leftText(status), 16)].filter((part) => part.trim() !== '');
  const right = columns >= 72 ? `  ${[best, ...parts].join('  ')}` : columns >= 56 ? `  ${best}` : '';
  const left = `${head}${verdict}${score}`;
  const room = columns - displayWidth(left) - displayWidth(right) - 2;
  const idea = room >= 8 ? `  ${cut(row.idea, room)}` : '';
  if (displayWidth(left) > columns) return cut(left, columns);
  return `${ink('dim', head)}${ink(mark.ink, verdict)}${score}${ink('dim', right)}${idea}`.trimEnd();
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
