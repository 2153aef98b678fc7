import { createHash } from 'node:crypto';
import type { LoopRecord } from '../../contract/ledger.js';
import { curveSeries } from '../curve/curve-series.js';
import { curveSvg } from '../curve/curve-svg.js';
import { glyphSymbols } from '../curve/marks.js';
import { escapeCut } from '../escape.js';
import { summarizeLoop, type LoopSummary } from '../loop-summary.js';
import { alarmsSection } from './alarms-section.js';
import { clock } from './clock.js';
import { experimentsTable } from './experiments-table.js';
import { holdoutOf } from '../holdout-of.js';
import { holdoutSection } from './holdout-section.js';
import { headerSection, type ReportLink } from './header-section.js';
import { keptSection } from './kept-section.js';
import { panelsSection } from './panels-section.js';
import { SCRIPT } from './script.js';
import { STYLE } from './style.js';
import { recordedTransfer } from '../transfer/recorded-transfer.js';
import { transferSection } from './transfer-section.js';
import { warningsSection } from './warnings-section.js';

export interface ReportOptions {
  record: LoopRecord;
  /** unified diffs by experiment */
  diffs: ReadonlyMap<number, string>;
  /** milliseconds since the epoch */
  generatedAt: number;
  /** addresses to offer, e.g. the Temporal UI; only http and https ones are shown */
  links?: readonly ReportLink[];
}

/** A page of this size still opens at once on a phone. */
const PAGE_BYTES = 4_500_000;

/** One HTML file that needs nothing else: no network, no other file, no script to be read. */
export function renderReport({ record, diffs, generatedAt, links = [] }: ReportOptions): string {
  const summary = summarizeLoop(record);
  const { task } = record.loop.input;
  const above = [
    headerSection(summary, {
      openedAt: record.loop.openedAt,
      links,
      epoch: record.loop.input.epoch,
      method: record.loop.input.method,
    }),
    alarmsSection(summary.alarms),
    warningsSection(summary),
    curveSection(summary),
    panelsSection(summary, task.acceptance),
    holdoutSection(holdoutOf(record)),
    keptSection(summary),
    transferSection(recordedTransfer(record)),
  ].join('\n');
  const table = experimentsTable(summary, diffs, PAGE_BYTES - Buffer.byteLength(above));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">
<title>${escapeCut(summary.loop, 140)} · autolift report</title>
<style>${STYLE}</style></head>
<body><main>
${glyphSymbols()}${above}
<section class="card experiments"><h2>Experiments</h2>${table}</section>
${footer(record, generatedAt)}
</main><script>${SCRIPT}</script></body></html>
`;
}

/** Nothing from outside, and no script but ours, whatever an idea or a log holds. */
function policy(): string {
  const hash = createHash('sha256').update(SCRIPT).digest('base64');
  return `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}

function curveSection(summary: LoopSummary): string {
  const series = curveSeries(summary);
  const wide = curveSvg(series, { width: 1080, height: 440, titles: true });
  const narrow = curveSvg(series, { width: 380, height: 340, titles: false });
  return `<section class="card picture"><h2 class="sr">Progress</h2><div class="wide-curve">${wide}</div><div class="narrow">${narrow}</div></section>`;
}

function footer({ loop }: LoopRecord, generatedAt: number): string {
  const { source, forkedFrom } = loop.input;
  const said = [
    `Written by autolift, ${clock(generatedAt)}`,
    `base commit ${source.baseCommit.slice(0, 12)}`,
    source.evaluatorHash === null
      ? 'no protected evaluator'
      : `evaluator ${source.evaluatorHash.slice(0, 12)}`,
    forkedFrom === null ? '' : `forked from ${forkedFrom.loop} #${String(forkedFrom.experiment)}`,
  ].filter((part) => part !== '');
  return `<footer>${escapeCut(said.join(' · '), 400)}</footer>`;
}
