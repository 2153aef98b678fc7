import { counted } from '../../domain/format.js';
import { FAMILIES, familyOf, outcomeWord } from '../family.js';
import { gainAgainst, valuesOf, type LoopSummary, type RecordedExperiment } from '../loop-summary.js';
import { experimentDetails, type Unfolded } from './experiment-details.js';
import { experimentRow } from './experiment-row.js';
import { room, type Room } from './room.js';

const ROWS = 2000;
const TEXT = 600_000;

/**
 * All experiments in order; of a very long loop every keep that fits and the newest others. What is inside of
 * the rows fills the page up to `bytes`.
 */
export function experimentsTable(
  summary: LoopSummary,
  diffs: ReadonlyMap<number, string>,
  bytes: number,
): string {
  const { experiments, metric } = summary;
  const rows = shownRows(experiments);
  const values = valuesOf(experiments);
  const textLimit = Math.round(Math.min(400, Math.max(140, TEXT / 2 / Math.max(1, rows.length))));
  const render = (row: RecordedExperiment, details: Unfolded) =>
    experimentRow({ row, gain: gainAgainst(row, { metric, values }), details, textLimit });
  const bare = rows.reduce((sum, row) => sum + Buffer.byteLength(render(row, FOLDED)) + WRAPPING, 0);
  const details = unfoldAll(rows, { diffs, space: room(bytes - bare) });
  const body = rows.map((row) => render(row, details.get(row.experiment) ?? FOLDED));
  const note = hiddenNote(experiments.length - rows.length);
  return `${controls(summary)}${note}<div class="wide"><table class="all"><caption class="sr">All experiments</caption>${HEAD}${body.join('')}</table></div><p class="none" hidden>No experiment matches.</p>`;
}

const FOLDED: Unfolded = { chips: [], html: '' };

/** What opening adds to a row beside its content, in bytes. */
const WRAPPING = 350;

const hiddenNote = (hidden: number): string =>
  hidden === 0
    ? ''
    : `<p class="note">${counted(hidden, 'older experiment')} ${hidden === 1 ? 'is' : 'are'} left out here; <code>autolift export</code> has them all.</p>`;

const HEAD = `<thead><tr><th scope="col" class="n" data-k="n">#</th><th scope="col" data-k="o">outcome</th><th scope="col" class="n" data-k="v">value when decided</th><th scope="col" class="n" data-k="g">gain</th><th scope="col">idea</th><th scope="col">device</th><th scope="col" class="n" data-k="s">time</th><th scope="col" class="n" data-k="c">cost</th></tr></thead>`;

function shownRows(experiments: readonly RecordedExperiment[]): RecordedExperiment[] {
  const ordered = experiments.slice().sort((a, b) => a.experiment - b.experiment);
  if (ordered.length <= ROWS) return ordered;
  const keeps = ordered.filter(({ outcome }) => outcome === 'keep').slice(-ROWS / 2);
  const others = ordered.filter(({ outcome }) => outcome !== 'keep').slice(-(ROWS - keeps.length));
  return [...keeps, ...others].sort((a, b) => a.experiment - b.experiment);
}

/** Keeps get their room first, then the newest. */
function unfoldAll(
  rows: readonly RecordedExperiment[],
  { diffs, space }: { diffs: ReadonlyMap<number, string>; space: Room },
): Map<number, Unfolded> {
  const keeps = rows.filter(({ outcome }) => outcome === 'keep');
  const others = rows.filter(({ outcome }) => outcome !== 'keep').toReversed();
  return new Map(
    [...keeps, ...others].map((row) => [
      row.experiment,
      experimentDetails(row, diffs.get(row.experiment), space),
    ]),
  );
}

/** Shown by the script alone: without it they would do nothing. */
function controls({ counts }: LoopSummary): string {
  const order = counts
    .slice()
    .sort(([a], [b]) => FAMILIES.indexOf(familyOf[a]) - FAMILIES.indexOf(familyOf[b]));
  const buttons = order.map(
    ([outcome, count]) =>
      `<button type="button" data-o="${outcome}" aria-pressed="false">${outcomeWord(outcome)} <b>${String(count)}</b></button>`,
  );
  return `<div class="controls" hidden><label><span class="sr">Search ideas and reasons</span><input type="search" placeholder="Search ideas and reasons" autocomplete="off"></label><div class="chips" role="group" aria-label="Filter by outcome">${buttons.join('')}</div><span class="count" role="status" aria-live="polite"></span></div>`;
}
