import type { Noise } from '../../contract/loop.js';
import type { Acceptance } from '../../contract/task-schema.js';
import { counted, formatCount, formatDollars, formatDuration, formatSpread } from '../../domain/format.js';
import { glyph } from '../curve/marks.js';
import { familyOf, outcomeWord } from '../family.js';
import type { LoopSummary } from '../loop-summary.js';
import { ruleInWords } from '../rule-in-words.js';

/** Outcome counts, costs, and what a keep had to pass. */
export function panelsSection(summary: LoopSummary, acceptance: Acceptance): string {
  return `<div class="panels">${outcomes(summary)}${costs(summary)}${rule(summary, acceptance)}</div>`;
}

function outcomes({ counts }: LoopSummary): string {
  const most = Math.max(1, ...counts.map(([, count]) => count));
  const rows = counts.map(([outcome, count]) => {
    const width = String(Math.max(1, Math.round((count / most) * 1000) / 10));
    const family = familyOf[outcome];
    return `<li><span class="word">${glyph(family)}${outcomeWord(outcome)}</span><svg class="bar" height="8" aria-hidden="true"><rect class="${family}" width="${width}%" height="8" rx="2"/></svg><span class="n">${String(count)}</span></li>`;
  });
  const list = rows.length === 0 ? '<p class="note">None yet.</p>' : `<ul class="bars">${rows.join('')}</ul>`;
  return `<section class="card"><h2>Outcomes</h2>${list}</section>`;
}

function costs({ costs: spent, best, kept }: LoopSummary): string {
  const perKeep =
    kept.length === 0 ? '' : pair('device time per keep', formatDuration(spent.deviceSeconds / kept.length));
  const model =
    spent.modelCalls === 0
      ? pair('model calls', 'none')
      : [
          pair('dollars', formatDollars(spent.dollars)),
          pair('model calls', calls(spent)),
          pair('tokens in', `${formatCount(spent.inputTokens)}${cached(spent)}`),
          pair('tokens out', formatCount(spent.outputTokens)),
        ].join('');
  const device = [
    pair('device time', formatDuration(spent.deviceSeconds)),
    pair('runs', formatCount(spent.runs)),
  ];
  const standing = best === null ? '' : perKeep;
  return `<section class="card"><h2>Cost</h2><dl>${device.join('')}${standing}${model}</dl></section>`;
}

function calls({ modelCalls, failedCalls }: LoopSummary['costs']): string {
  return failedCalls === 0
    ? formatCount(modelCalls)
    : `${formatCount(modelCalls)} <span class="cap">${formatCount(failedCalls)} unusable</span>`;
}

const cached = ({ inputTokens, cachedTokens }: LoopSummary['costs']): string =>
  cachedTokens === 0 || inputTokens === 0
    ? ''
    : ` <span class="cap">${String(Math.round((100 * cachedTokens) / inputTokens))} % cached</span>`;

function rule({ noise, baseline }: LoopSummary, acceptance: Acceptance): string {
  const once = baseline === null ? null : { sigma: 0, n: 1 };
  const measured =
    noise === null
      ? pair('noise of one run', 'not measured')
      : [pair('noise of one run (σ)', formatSpread(noise.sigma)), pair('from', noiseFrom(noise))].join('');
  return `<section class="card"><h2>What a keep had to pass</h2><p>${ruleInWords(acceptance, noise ?? once)}</p><dl>${measured}</dl></section>`;
}

const noiseFrom = ({ n, from }: Noise): string =>
  from === 'pairs'
    ? `pairs of branch and trunk, ${counted(n - 1, 'degree')} of freedom`
    : `${counted(n, 'run')} of one artifact`;

const pair = (name: string, value: string): string => `<div><dt>${name}</dt><dd>${value}</dd></div>`;
