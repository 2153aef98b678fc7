import type { LoopStatus, Noise, RecentVerdict } from '../../contract/loop.js';
import { counted, formatDuration, formatGain, formatSpread, formatValue } from '../format.js';
import { holdoutWords } from '../validation/holdout-words.js';
import { contestWords } from '../contest/contest-status.js';
import { promotionWords } from '../promotion/promotion-words.js';
import { relativeGain } from '../relative-gain.js';
import { mechanismWords, methodWords } from '../method/method-words.js';
import { choiceInWords } from '../device/choose-device.js';
import { budgetUse } from './budget-use.js';

const SHOWN = 8;
const IDEA = 80;

/** What Temporal's UI shows of a loop, in Markdown; bounded, whatever the ideas hold. */
export function currentDetails(status: LoopStatus): string {
  return [
    headline(status),
    devices(status),
    alarms(status),
    standing(status),
    holdout(status),
    method(status),
    waits(status),
    verdicts(status),
    budget(status),
    hints(status),
    `\`autolift watch ${status.loop}\` · \`autolift ${status.phase === 'paused' ? 'resume' : 'pause'} ${status.loop}\` · \`autolift stop ${status.loop}\``,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function headline({ phase, note, elapsedSeconds, metric }: LoopStatus): string {
  const goal = { minimize: 'lower', maximize: 'higher' }[metric.direction];
  const said = note === '' ? '' : `: ${plain(note, 200)}`;
  return `**${phase}**${said} · ${formatDuration(elapsedSeconds)} · \`${plain(metric.name, 60)}\`, ${goal} is better`;
}

const noiseFrom = ({ n, from }: Noise): string =>
  from === 'pairs' ? `pairs, ${counted(n - 1, 'degree')} of freedom` : counted(n, 'run');

function standing({ metric, incumbent, baseline, noise, promotion, phase, contest }: LoopStatus): string {
  if (incumbent === null) return 'No score yet: the baseline is being measured.';
  const gain = relativeGain(metric.direction, baseline?.value ?? null, incumbent.value);
  const from = baseline === null ? '' : `, baseline ${formatValue(baseline.value)}`;
  const sigma = noise === null ? '' : `, noise σ ${formatSpread(noise.sigma)} (${noiseFrom(noise)})`;
  const who = incumbent.experiment === 0 ? 'the baseline' : `experiment ${String(incumbent.experiment)}`;
  const trial =
    promotion === null ? '' : `  \n${promotionWords(promotion, phase === 'done' || phase === 'failed')}`;
  const meets = contest === undefined ? '' : `  \n${contestWords(contest)}`;
  return `Best so far **${formatValue(incumbent.value)}** (${who}, gain ${formatGain(gain)})${from}${sigma}${trial}${meets}`;
}

function devices({ device, unserved }: LoopStatus): string {
  return [
    device === undefined ? '' : `Device ${plain(choiceInWords(device), 200)}`,
    unserved === undefined ? '' : `**Waits**: ${plain(unserved, 300)}`,
  ]
    .filter((line) => line !== '')
    .join('  \n');
}

function alarms({ alarms: raised = [] }: LoopStatus): string {
  return raised
    .toReversed()
    .slice(0, 3)
    .map(
      ({ mode, experiment, why, response }) =>
        `**Alarm: ${mode}** at #${String(experiment)}: ${plain(why, 200)}${response.length === 0 ? '' : ` — ${plain(response.join('; '), 200)}`}`,
    )
    .join('  \n');
}

function holdout({ holdout: told }: LoopStatus): string {
  return told === null ? '' : `Holdout \`${plain(told.vault, 60)}\`: ${holdoutWords(told)}`;
}

function method({ method: one }: LoopStatus): string {
  if (one === undefined) return '';
  const words = mechanismWords(one);
  return `Method ${plain(methodWords(one), 120)}${words === '' ? '' : `  \nMechanism ${plain(words, 200)}`}`;
}

function waits({ running, waiting, awaitingApproval, loop }: LoopStatus): string {
  const lines = running
    .slice(0, SHOWN)
    .map(
      ({ experiment, idea, waitingFor }) =>
        `- now #${String(experiment)} ${plain(idea, IDEA)} (${plain(waitingFor, 60)})`,
    );
  if (running.length > SHOWN) lines.push(`- and ${String(running.length - SHOWN)} more`);
  if (waiting > 0) lines.push(`- ${String(waiting)} prepared, waiting for a device`);
  for (const { experiment, idea } of awaitingApproval.slice(0, SHOWN)) {
    lines.push(
      `- #${String(experiment)} ${plain(idea, IDEA)} waits for a person: \`autolift approve ${loop} ${String(experiment)}\``,
    );
  }
  return lines.join('\n');
}

function verdicts({ recent, metric }: LoopStatus): string {
  if (recent.length === 0) return '';
  const rows = [...recent]
    .sort((a, b) => b.experiment - a.experiment)
    .slice(0, SHOWN)
    .map(verdictRow);
  const name = plain(metric.name, 40);
  return [`| # | outcome | ${name} | idea | reason |`, '| ---: | --- | ---: | --- | --- |', ...rows].join(
    '\n',
  );
}

function verdictRow({ experiment, outcome, value, idea, reason }: RecentVerdict): string {
  const word = outcome === 'keep' ? '**keep**' : outcome.replaceAll('_', ' ');
  return `| ${String(experiment)} | ${word} | ${formatValue(value)} | ${plain(idea, IDEA)} | ${plain(reason, 100)} |`;
}

function budget(status: LoopStatus): string {
  const uses = budgetUse(status).map(({ name, left, limit }) => `${name} ${left} of ${limit}`);
  return uses.length === 0 ? 'No budget: it runs until it is stopped.' : `Left: ${uses.join(' · ')}`;
}

function hints({ hints: given }: LoopStatus): string {
  if (given.length === 0) return '';
  const shown = given.slice(-3).map((hint) => `“${plain(hint, IDEA)}”`);
  return `Hints: ${shown.join(', ')}`;
}

/** Untrusted text as one line without Markdown, HTML or control characters. */
function plain(text: string, limit: number): string {
  const line = text
    .slice(0, limit * 4)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[|`*_~[\]<>\\#!]/g, (mark) => SAFE[mark] ?? ' ')
    .replace(/(https?|www)([:.])/gi, '$1\u200b$2')
    .trim();
  const points = Array.from(line);
  return points.length <= limit ? line : `${points.slice(0, limit - 1).join('')}…`;
}

/** Look-alikes without a meaning in Markdown; an escape would show where it is not understood. */
const SAFE: Record<string, string> = {
  '|': '¦',
  '`': '´',
  '*': '∗',
  _: '_',
  '~': '∼',
  '[': '(',
  ']': ')',
  '<': '‹',
  '>': '›',
  '\\': '∖',
  '#': '#',
  '!': 'ǃ',
};
