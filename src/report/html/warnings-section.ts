import { counted } from '../../domain/format.js';
import { escapeCut } from '../escape.js';
import type { LoopSummary } from '../loop-summary.js';

const SHOWN = 12;

/** What makes the figures less trustworthy, said before they are looked at. */
export function warningsSection({ unsandboxed, tampering, costs, kept, otherClasses }: LoopSummary): string {
  const sandbox =
    unsandboxed === 0
      ? ''
      : `<div class="warning"><p><b>No sandbox.</b> ${String(unsandboxed)} of ${counted(costs.runs, 'run')} had no sandbox: candidates could read and write what the worker's user can. Install bubblewrap on the device's host; <code>autolift doctor</code> checks it.</p></div>`;
  const classes =
    otherClasses === null
      ? ''
      : `<div class="warning"><p><b>Several device classes.</b> ${escapeCut(otherClasses, 400)}.</p></div>`;
  return `${sandbox}${classes}${tamperingNotice(tampering, keptNumbers(kept))}`;
}

const keptNumbers = (kept: LoopSummary['kept']): Set<number> =>
  new Set(kept.map(({ experiment }) => experiment));

function tamperingNotice(tampering: LoopSummary['tampering'], kept: ReadonlySet<number>): string {
  if (tampering.length === 0) return '';
  const numbers = [...new Set(tampering.map(({ experiment }) => experiment))];
  const keptOnes = numbers
    .filter((experiment) => kept.has(experiment))
    .map((experiment) => `#${String(experiment)}`);
  const verdict =
    keptOnes.length === 0
      ? 'None of them was kept.'
      : `Kept all the same, on a score that was obtained apart from it: ${keptOnes.slice(0, SHOWN).join(', ')}. Read these changes.`;
  const items = tampering
    .slice(0, SHOWN)
    .map(({ experiment, text }) => `<li>#${String(experiment)}: ${escapeCut(text, 240)}</li>`);
  const more = tampering.length > SHOWN ? `<li>and ${String(tampering.length - SHOWN)} more</li>` : '';
  const which = counted(numbers.length, 'experiment');
  return `<div class="warning"><p><b>Tampering was detected</b> in ${which}. ${verdict}</p><details><summary>What was seen</summary><ul>${items.join('')}${more}</ul></details></div>`;
}
