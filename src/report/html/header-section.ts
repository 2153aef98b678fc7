import type { Epoch } from '../../contract/epoch-verdict.js';
import type { MethodInForce } from '../../contract/method.js';
import { counted, formatDuration, formatGain, formatValue } from '../../domain/format.js';
import { methodWords } from '../../domain/method/method-words.js';
import { promotionWords } from '../../domain/promotion/promotion-words.js';
import { escapeCut } from '../escape.js';
import { directivesInWords } from '../steering-words.js';
import type { LoopSummary } from '../loop-summary.js';
import { clock } from './clock.js';

export interface ReportLink {
  label: string;
  href: string;
}

/** What is to be known first: the task, where it stands, how far it came, and how the score was obtained. */
export function headerSection(
  summary: LoopSummary,
  page: {
    openedAt: number;
    links: readonly ReportLink[];
    epoch?: Epoch | undefined;
    method?: MethodInForce | undefined;
  },
): string {
  const { task, goal, loop, branch, phase, experiments, promotion } = summary;
  const count = experiments.filter(({ experiment }) => experiment > 0).length;
  const facts = [
    `<span class="state ${phase.word}">${phase.word}</span>`,
    phase.text === '' ? '' : escapeCut(phase.text, 200),
    promotion === null ? '' : promotionWords(promotion, phase.word === 'done'),
    `${counted(count, 'experiment')} in ${formatDuration(summary.costs.wallSeconds)}`,
    `<span class="nowrap">loop <code>${escapeCut(loop, 140)}</code></span>`,
    `<span class="nowrap">branch <code>${escapeCut(branch, 140)}</code></span>`,
    page.epoch === undefined
      ? ''
      : `epoch ${String(page.epoch.number)} of its evaluator, after <code>${escapeCut(page.epoch.previous, 140)}</code>: ${page.epoch.decision === 'continue' ? 'one scale' : 'another scale'}, no score of before is compared`,
    page.method === undefined ? '' : `method <code>${escapeCut(methodWords(page.method), 200)}</code>`,
    escapeCut(directivesInWords(experiments), 200),
    `<span class="nowrap">opened ${clock(page.openedAt)}</span>`,
  ].filter((fact) => fact !== '');
  return `<header><p class="brand">autolift report</p><h1>${escapeCut(task, 100)}</h1>${goal.trim() === '' ? '' : `<p class="goal">${escapeCut(goal, 600)}</p>`}${score(summary)}<p class="facts">${facts.join('<span class="dot" aria-hidden="true">·</span>')}</p>${linkList(page.links)}</header>`;
}

function score({ metric, standings, gain, origin, experiments }: LoopSummary): string {
  const name = escapeCut(metric.name, 60);
  const better = { minimize: 'lower is better', maximize: 'higher is better' }[metric.direction];
  const { baseline, incumbent } = standings;
  if (incumbent === null) {
    const failed = experiments.find(({ experiment }) => experiment === 0);
    const why = failed === undefined ? '' : `<p class="how">${escapeCut(failed.reason, 300)}</p>`;
    return `<div class="score">${figure(name, 'no score yet')}${why}</div>`;
  }
  const from =
    baseline === null || incumbent.experiment === 0 ? '' : figure('baseline', formatValue(baseline.value));
  const who =
    incumbent.experiment === 0 ? 'baseline' : `incumbent, experiment ${String(incumbent.experiment)}`;
  return `<div class="score">${figure(who, formatValue(incumbent.value), 'hero')}${from}${gain === null ? '' : figure('gain', formatGain(gain), 'hero')}<p class="how"><span class="metric">${name}</span> <span class="cap">${better}</span>${originLabel(origin)}</p></div>`;
}

const figure = (caption: string, value: string, kind = ''): string =>
  `<p class="figure ${kind}"><span class="cap">${caption}</span><span class="value">${value}</span></p>`;

function originLabel(origin: LoopSummary['origin']): string {
  if (origin === null) return '';
  return {
    measured:
      '<span class="origin measured"><b>measured</b> by the protected evaluator, which candidates cannot write</span>',
    reported:
      '<span class="origin reported"><b>reported</b> by the candidate itself: code that prints its own score can print any score</span>',
  }[origin];
}

function linkList(links: readonly ReportLink[]): string {
  const safe = links.filter(({ href }) => /^https?:\/\//i.test(href));
  if (safe.length === 0) return '';
  const items = safe.map(
    ({ label, href }) =>
      `<a href="${escapeCut(href, 2000)}" rel="noreferrer noopener">${escapeCut(label, 80)}</a>`,
  );
  return `<p class="links">${items.join(' ')}</p>`;
}
