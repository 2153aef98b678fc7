import { formatDollars, formatDuration, formatGain, formatValue } from '../../domain/format.js';
import { escapeCut, escapeText } from '../escape.js';
import { familyOf } from '../family.js';
import type { RecordedExperiment } from '../loop-summary.js';
import { badge } from './badge.js';
import type { Unfolded } from './experiment-details.js';

export interface RowView {
  row: RecordedExperiment;
  gain: number | null;
  details: Unfolded;
  /** characters of idea and reason, each */
  textLimit: number;
}

/** One experiment: a line of figures, and under it the reason, which opens to the evidence. */
export function experimentRow(view: RowView): string {
  const { row, gain } = view;
  const seconds = row.measurements.reduce((sum, { deviceSeconds }) => sum + deviceSeconds, 0);
  const family = familyOf[row.outcome];
  const data = `data-n="${String(row.experiment)}" data-o="${row.outcome}" data-v="${sortable(row.value)}" data-g="${sortable(gain)}" data-s="${sortable(seconds)}" data-c="${sortable(row.usage.dollars)}"`;
  const sign = gain === null ? '' : gain > 0 ? ' up' : ' down';
  const dollars = row.usage.dollars > 0 ? formatDollars(row.usage.dollars) : '–';
  return `<tbody class="x ${family}" ${data}><tr><th scope="row" class="n num">${String(row.experiment)}</th><td class="out">${badge(row.outcome, row.experiment === 0)}</td><td class="n val">${formatValue(row.value)}</td><td class="n gain${sign}">${gain === null ? '–' : formatGain(gain)}</td><td class="idea">${escapeCut(firstLine(row.idea), view.textLimit)}</td><td class="dev">${escapeText((row.deviceClass ?? '–').slice(0, 30))}</td><td class="n sec">${seconds > 0 ? formatDuration(seconds) : '–'}</td><td class="n usd">${dollars}</td></tr>${more(view)}</tbody>\n`;
}

function more({ row, details, textLimit }: RowView): string {
  const reason = escapeCut(firstLine(row.reason), textLimit);
  const chips = details.chips.map((chip) => `<span class="chip">${chip}</span>`).join('');
  const inside =
    details.html === ''
      ? `<p class="why">${reason}${chips}</p>`
      : `<details><summary class="why">${reason}${chips}</summary><div class="inside">${details.html}</div></details>`;
  return `<tr class="more"><td class="gap"></td><td colspan="7">${inside}</td></tr>`;
}

const firstLine = (text: string): string => text.slice(0, 2000).replace(/\s+/g, ' ').trim();

const sortable = (value: number | null): string =>
  value === null || !Number.isFinite(value) ? '' : String(Number(value.toPrecision(9)));
