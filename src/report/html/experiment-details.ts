import { counted } from '../../domain/format.js';
import { escapeCut } from '../escape.js';
import type { RecordedExperiment } from '../loop-summary.js';
import { steeringWords } from '../steering-words.js';
import { diffBlock, diffStat } from './diff-block.js';
import type { Room } from './room.js';
import { runsBlock } from './runs-block.js';

const DIFF = 24_000;
const LOG = 5000;
const IDEA = 4000;

export interface Unfolded {
  /** what is inside, in few words */
  chips: string[];
  html: string;
}

/** What a row shows when it is opened: whole idea, runs, diff, end of the log; as far as the page has room. */
export function experimentDetails(row: RecordedExperiment, diff: string | undefined, space: Room): Unfolded {
  const { measurements } = row;
  const log = measurements.findLast(({ role }) => role !== 'incumbent')?.tail ?? '';
  const chips = [
    ...(diff === undefined || diff === '' ? [] : [diffStat(diff)]),
    ...(measurements.length === 0 ? [] : [counted(measurements.length, 'run')]),
  ];
  const parts = [
    row.idea.length > 150 ? space.take(() => `<p>${escapeCut(row.idea, IDEA)}</p>`) : '',
    space.take(() => runsBlock(measurements)),
    diff === undefined || diff === ''
      ? ''
      : space.take(
          () => diffBlock(diff, DIFF),
          () => diffBlock(diff, DIFF / 16),
        ),
    log.trim() === '' ? '' : space.take(() => logBlock(log)),
  ];
  const html = parts.join('');
  const missing = measurements.length > 0 && html === '';
  return { chips, html: missing ? leftOut(row) : html && `${html}${provenance(row)}` };
}

const logBlock = (log: string): string =>
  `<p class="cap">End of the log</p><pre class="log" tabindex="0">${escapeCut(log.slice(-LOG).trimEnd(), LOG)}</pre>`;

function provenance(row: RecordedExperiment): string {
  const { commit, base, baseKind, proposer, usage } = row;
  const steered = steeringWords(row);
  const said = [
    `proposer ${proposer}${usage.model === null ? '' : ` (${usage.model})`}`,
    commit === null ? '' : `commit ${commit.slice(0, 12)}`,
    `made from ${base.slice(0, 12)}${{ current: '', rebased: ', rebased', stale: ', stale' }[baseKind]}`,
  ];
  const asked = steered === '' ? '' : `<p class="note">${escapeCut(steered, 600)}</p>`;
  return `<p class="note">${escapeCut(said.filter((part) => part !== '').join(' · '), 300)}</p>${asked}`;
}

const leftOut = ({ commit }: RecordedExperiment): string =>
  `<p class="note">Left out to keep this page small.${commit === null ? '' : ` <code>git show ${escapeCut(commit.slice(0, 12), 12)}</code>`}</p>`;
