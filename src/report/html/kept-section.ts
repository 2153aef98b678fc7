import { formatGain, formatValue } from '../../domain/format.js';
import { escapeCut } from '../escape.js';
import { gainAgainst, valuesOf, type LoopSummary } from '../loop-summary.js';

const SHOWN = 200;

/** The changes that the branch holds, in order, each with what it gained over the one before and the evidence for it. */
export function keptSection(summary: LoopSummary): string {
  const { kept, experiments, metric } = summary;
  if (kept.length === 0) return '';
  const values = valuesOf(experiments);
  const shown = kept.slice(-SHOWN);
  const items = shown.map((row) => {
    const gain = gainAgainst(row, { metric, values });
    return `<li><span class="n num">#${String(row.experiment)}</span><span class="text">${escapeCut(row.idea, 220)}<br><span class="cap">${escapeCut(row.reason, 400)}</span></span><span class="n">${formatValue(row.value)}</span><span class="n up">${gain === null ? '' : formatGain(gain)}</span></li>`;
  });
  const note =
    kept.length > SHOWN ? `<p class="note">The newest ${String(SHOWN)} of ${String(kept.length)}.</p>` : '';
  return `<section class="card"><h2>Kept changes <span class="cap">${String(kept.length)}, scores when decided</span></h2>${note}<ol class="kept-list">${items.join('')}</ol></section>`;
}
