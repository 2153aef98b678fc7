import type { LoopStatus } from '../../contract/loop.js';
import { OUTCOMES } from '../../contract/outcome.js';
import { choiceInWords } from '../../domain/device/choose-device.js';
import { counted, formatDollars, formatDuration } from '../../domain/format.js';
import { holdoutWords } from '../../domain/validation/holdout-words.js';
import { budgetUse } from '../../domain/loop/budget-use.js';
import { cleanLine } from '../clean-text.js';
import { mechanismWords, methodWords } from '../../domain/method/method-words.js';
import { outcomeWord } from '../family.js';
import { alarmLines } from './alarm-lines.js';
import { cut } from './display-width.js';
import { provisionalLine } from './provisional-line.js';
import { rateText } from './rate-text.js';
import { standingLine } from './standing-line.js';
import { whereabouts } from '../progress-words.js';

/** What `autolift status` prints. */
export function statusText(status: LoopStatus, columns = 100): string {
  const note = status.note === '' ? '' : `: ${status.note}`;
  const pairs: [string, string][] = [
    [status.loop, `${status.phase}${note}`],
    ...alarmLines(status.alarms).map((line): [string, string] => ['alarm', line]),
    ['waits', status.unserved ?? ''],
    ['score', standingLine(status)],
    ['device', status.device === undefined ? '' : choiceInWords(status.device)],
    [
      'epoch',
      status.epoch === undefined
        ? ''
        : `${String(status.epoch)} of its evaluator: compared with no score of before`,
    ],
    ['method', status.method === undefined ? '' : methodWords(status.method)],
    ['mechanism', status.method === undefined ? '' : mechanismWords(status.method)],
    ['on trial', provisionalLine(status)],
    ['outcomes', outcomesText(status.outcomes)],
    ['holdout', status.holdout === null ? '' : holdoutWords(status.holdout)],
    ['spent', spentText(status)],
    ['left', leftText(status)],
    ['branch', status.branch],
    ...status.running.flatMap(({ experiment, idea, waitingFor, run }): [string, string][] => [
      ['running', `#${String(experiment)} ${waitingFor === '' ? '' : `${waitingFor} · `}${idea}`],
      ['', run === undefined ? '' : `   ${whereabouts(run)}`],
    ]),
    ['waiting', status.waiting === 0 ? '' : `${String(status.waiting)} prepared, waiting for a device`],
    ...status.awaitingApproval.map(({ experiment, idea }): [string, string] => [
      'approve?',
      `#${String(experiment)} ${idea}`,
    ]),
    ...status.hints.map((hint): [string, string] => ['hint', hint]),
  ];
  const shown = pairs.filter(([, text]) => text !== '');
  const [first, ...rest] = shown.map(([name, text], index) =>
    index === 0 ? cut(`${name}  ${text}`, columns) : cut(`${name.padEnd(9)} ${text}`, columns - 2),
  );
  return [first ?? cleanLine(status.loop), ...rest.map((line) => `  ${line}`)].join('\n');
}

/** `3 keep, 12 discard, 1 crash`, in the order of the set of outcomes. */
export function outcomesText(outcomes: LoopStatus['outcomes']): string {
  return OUTCOMES.flatMap((outcome) => {
    const count = outcomes[outcome] ?? 0;
    return count === 0 ? [] : [`${String(count)} ${outcomeWord(outcome)}`];
  }).join(', ');
}

function spentText(status: LoopStatus): string {
  const { experiments, deviceSeconds, dollars, tokens } = status.spent;
  const rate = rateText(status);
  return [
    `${counted(experiments, 'experiment')} in ${formatDuration(status.elapsedSeconds)}${rate === '' ? '' : ` (${rate})`}`,
    `${formatDuration(deviceSeconds)} of device time`,
    ...(dollars === 0 ? [] : [formatDollars(dollars)]),
    ...(tokens === 0 ? [] : [counted(tokens, 'token')]),
  ].join(', ');
}

function leftText(status: LoopStatus): string {
  const uses = budgetUse(status).map(({ name, left }) =>
    `${left} ${left === '1' ? ONE[name] : NAMES[name]}`.trim(),
  );
  return uses.length === 0 ? 'no limit: it runs until it is stopped' : uses.join(', ');
}

const NAMES = {
  experiments: 'experiments',
  'wall clock': 'of wall clock',
  'device time': 'of device time',
  dollars: '',
  tokens: 'tokens',
} as const;

const ONE: Record<keyof typeof NAMES, string> = { ...NAMES, experiments: 'experiment', tokens: 'token' };
