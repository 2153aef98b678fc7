import { counted, formatSpread, formatValue } from '../../domain/format.js';
import type {
  ClassMeasured,
  OnClass,
  Transferred,
  TransferReport,
} from '../../domain/transfer/transfer-report.js';
import { escapeCut, escapeText } from '../escape.js';
import { CLASS_WORDS, gainWords, pairsWords, verdictWords } from '../transfer/words.js';

const SHOWN = 100;

const cells = (one: OnClass): string =>
  `<span class="text">${escapeText(one.device.slice(0, 40))}: <b>${CLASS_WORDS[one.verdict]}</b> <span class="cap">${escapeText(gainWords(one))}, ${escapeText(pairsWords(one))}</span></span>`;

interface Told {
  number: string;
  name: string;
  of: Transferred;
  leftOut: readonly OnClass[];
}

const item = ({ number, name, of, leftOut }: Told): string => {
  const left = leftOut.map((one) => `<br><span class="cap">left out of what stands</span> ${cells(one)}`);
  return `<li><span class="n num">${number}</span><span class="text">${escapeCut(name, 220)}<br>${of.classes.map(cells).join('<br>')}${left.join('')}</span><span class="n"><b>${escapeText(verdictWords(of))}</b></span></li>`;
};

const classNote = ({ device, baseline, runs }: ClassMeasured): string =>
  baseline === null
    ? `${device}: the unchanged artifact never ran there`
    : `${device}: unchanged ${formatValue(baseline.value)} ± ${formatSpread(baseline.sigma)}, ${counted(runs, 'run')}`;

/** What of a loop holds on other device classes; nothing where nobody asked. */
export function transferSection(report: TransferReport | null): string {
  if (report === null) return '';
  const { from, classes, whole, changes } = report;
  const shown = changes.slice(-SHOWN);
  const items = [
    item({ number: '', name: `all ${counted(whole.changes, 'kept change')}`, of: whole, leftOut: [] }),
    ...shown.map((one) =>
      item({ number: `#${String(one.experiment)}`, name: one.idea, of: one, leftOut: one.leftOut }),
    ),
  ];
  const note = `“Here” is ${from}. Each class has its own baseline, noise and verdicts; no score of one is compared with another’s. ${classes.map(classNote).join('; ')}.`;
  return `<section class="card"><h2>On other devices <span class="cap">${escapeText(classes.map(({ device }) => device).join(', '))}</span></h2><ol class="kept-list">${items.join('')}</ol><p class="note">${escapeCut(note, 600)}</p></section>`;
}
