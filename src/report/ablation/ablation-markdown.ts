import type { AblationReport, TaskSummary } from '../../domain/ablation/ablation-report.js';
import { counted, formatDuration, formatValue } from '../../domain/format.js';
import { cleanLine } from '../clean-text.js';
import { chanceText, effectText, evidenceText, intervalText, plain, signed } from './numbers.js';
import { claimWords, deadArms, failureLines, stillArms } from './verdict-words.js';

/** Names of methods and errors come from elsewhere. */
const cell = (text: string): string => cleanLine(text).replaceAll('|', '\\|').replaceAll('<', '&lt;');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `| ${head.map(() => '---').join(' | ')} |`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
  '',
];

const arms = ({ arms: all }: AblationReport): string[] =>
  table(
    ['arm', 'mean u', 'sd', 'IQM', 'least … most', 'loops', 'failed', 'experiments', 'device time', 'method'],
    all.map(({ arm, u, cells, failed, experiments, deviceSeconds, method }) => [
      arm,
      plain(u?.mean ?? null),
      plain(u?.sd ?? null),
      plain(u?.iqm ?? null),
      u === null ? '–' : `${plain(u.least)} … ${plain(u.most)}`,
      String(cells),
      String(failed),
      String(experiments),
      formatDuration(deviceSeconds),
      cell(method),
    ]),
  );

const contrasts = ({ contrasts: all }: AblationReport): string[] =>
  table(
    [
      'paired',
      'mean',
      '95 % CI',
      'IQM',
      'd_z',
      'won / tied / lost',
      'missing',
      'p',
      'p Holm',
      'e-value',
      'verdict',
      'n for 80 %',
    ],
    all.map((one) => [
      `${one.lifted} − ${one.base}: ${one.question}`,
      signed(one.n === 0 ? null : one.mean),
      intervalText(one),
      signed(one.iqm),
      effectText(one),
      `${String(one.wins)} / ${String(one.ties)} / ${String(one.losses)}`,
      String(one.missing),
      chanceText(one.p),
      chanceText(one.corrected),
      evidenceText(one),
      `**${one.verdict}**`,
      one.needed === null ? '–' : String(one.needed),
    ]),
  );

const taskSection = ({ task, metric, base, target, arms: all }: TaskSummary): string[] => [
  `### ${cell(task)}`,
  '',
  `${cell(metric)}; u is 0 at ${base === null ? "the unchanged artifact's score" : formatValue(base)} and 1 at ${formatValue(target)}.`,
  '',
  ...table(
    ['arm', 'mean u', 'mean score', 'best score', 'against A', '95 % CI'],
    all.map(({ arm, u, score, best, againstA }) => [
      arm,
      plain(u),
      formatValue(score),
      formatValue(best),
      signed(againstA?.mean ?? null),
      againstA === null ? '–' : intervalText(againstA),
    ]),
  ),
];

const searches = ({ searches: all }: AblationReport): string[] =>
  all.length === 0
    ? []
    : [
        '## What the searches cost',
        '',
        ...table(
          ['arm', 'methods tried', 'kept', 'experiments below', 'device time', 'ended'],
          all.map(({ arm, candidates, keeps, experiments, deviceSeconds, stopped, failed }) => [
            arm,
            String(candidates),
            String(keeps),
            String(experiments),
            formatDuration(deviceSeconds),
            cell(failed ?? stopped),
          ]),
        ),
        'The methods were found on these tasks, on other seeds. Repeats that share a search share its luck: the intervals are over',
        'seeds, given what was found.',
        '',
      ];

const READING = [
  'Pairs are repeats: both arms had the same seed on each task, and a difference is the mean over the tasks. The interval is',
  "Student's t on these differences, IQM the mean of their middle half, p the two-sided sign-flip test, corrected by Holm over all",
  'rows. The e-value is against the same as p, uncorrected: it is 1 on average where there is no difference, and those of other seeds may be',
  'multiplied with it. _same_: the whole interval lies within ±.02; _undecided_: too little was seen to say anything. A loop that',
  'failed is a missing pair.',
];

/** The table of an ablation, as a file to be kept with what it is about. */
export const ablationMarkdown = (report: AblationReport): string => {
  const failures = failureLines(report);
  return [
    `# Ablation ${cell(report.id)}`,
    '',
    ...(report.stopped === null ? [] : [`**Stopped (${cell(report.stopped)}): this is not whole.**`, '']),
    `${counted(report.n, 'repeat')} of ${report.arms.map(({ arm }) => arm).join(', ')} on ${report.tasks.map(({ task }) => cell(task)).join(', ')}; seed ${String(report.seed)}.`,
    '',
    claimWords(report),
    '',
    '![paired differences against A](ablation.svg)',
    '',
    '## Paired differences',
    '',
    ...contrasts(report),
    ...READING,
    '',
    '## Arms',
    '',
    ...arms(report),
    ...[...deadArms(report), ...stillArms(report)].flatMap((line) => [line, '']),
    ...searches(report),
    '## Tasks',
    '',
    'Not corrected, for a closer look; verdicts are above.',
    '',
    ...report.tasks.flatMap(taskSection),
    ...(failures.length === 0
      ? []
      : ['## Failed loops', '', ...failures.map((line) => `- ${cell(line)}`), '']),
  ].join('\n');
};
