import { holdoutWords } from '../../domain/validation/holdout-words.js';
import { escapeCut } from '../escape.js';
import type { RecordedHoldout } from '../holdout-of.js';

const SHOWN = 100;

const WHEN: Readonly<Record<RecordedHoldout['status']['validate'], string>> = {
  'every-keep': 'before every keep',
  'every-promotion': 'before every promotion',
  final: 'about the final incumbent, at the end',
};

/** What the holdout said, as words: numbers are the steward's, and no report has them. */
export function holdoutSection(holdout: RecordedHoldout | null): string {
  if (holdout === null) return '';
  const { status, answers } = holdout;
  const said = `Vault <code>${escapeCut(status.vault, 80)}</code>, asked ${WHEN[status.validate]}: ${escapeCut(holdoutWords(status), 400)}.`;
  const items = answers
    .slice(-SHOWN)
    .map(
      ({ experiment, kind, verdict, record }) =>
        `<li><span class="n num">#${String(experiment)}</span><span class="text">${kind}: ${verdict}</span><span class="n">${record === null ? '' : `record ${escapeCut(record, 12)}`}</span></li>`,
    );
  const list = items.length === 0 ? '' : `<ol class="kept-list">${items.join('')}</ol>`;
  return `<section class="card"><h2>Holdout</h2><p>${said}</p>${list}<p class="note">How large the gap between search and holdout is stays with the steward: <code>autolift audit --gap</code>, as its user.</p></section>`;
}
