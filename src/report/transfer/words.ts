import type { OnClass, Transferred } from '../../domain/transfer/transfer-report.js';
import { counted, formatGain, formatSpread } from '../../domain/format.js';

/** An interval that is a point says nothing more than the value. */
const bracket = (low: string, high: string): string => (low === high ? '' : ` [${low}, ${high}]`);

/** Gain and its 95 % interval, as a part of what the artifact without it scores there, or in units of the metric. */
export const gainWords = ({ gain, interval, relative, relativeInterval }: OnClass): string => {
  if (gain === null) return 'no pair';
  if (relative !== null)
    return `${formatGain(relative)}${relativeInterval === null ? '' : bracket(formatGain(relativeInterval[0]), formatGain(relativeInterval[1]))}`;
  return `${formatSpread(gain)}${interval === null ? '' : bracket(formatSpread(interval[0]), formatSpread(interval[1]))}`;
};

/** What it rests on: pairs, what failed among them, and the e-value. */
export const pairsWords = ({ pairs, failed, unusable, e }: OnClass): string =>
  [
    counted(pairs, 'pair'),
    ...(failed === 0 ? [] : [`${String(failed)} failed with it`]),
    ...(unusable === 0 ? [] : [`${String(unusable)} failed without it`]),
    ...(pairs < 2 ? [] : [`e ${e > 1e6 ? 'over 1e6' : formatSpread(e)}`]),
  ].join(', ');

/** What `absent` and the like are called where a class is named beside them. */
export const CLASS_WORDS = {
  holds: 'holds',
  absent: 'does not hold',
  undecided: 'undecided',
} as const satisfies Record<OnClass['verdict'], string>;

const listed = (classes: readonly OnClass[], verdict: OnClass['verdict']): string =>
  classes
    .filter((one) => one.verdict === verdict)
    .map(({ device }) => device)
    .join(', ');

/** The verdict, with the classes where there are several to tell apart. */
export const verdictWords = ({ verdict, classes }: Transferred): string => {
  if (classes.length < 2 || verdict !== 'holds on some') return verdict;
  const [not, open] = [listed(classes, 'absent'), listed(classes, 'undecided')];
  const parts = [
    listed(classes, 'holds'),
    not === '' ? '' : `not ${not}`,
    open === '' ? '' : `undecided ${open}`,
  ];
  return `${verdict}: ${parts.filter((part) => part !== '').join('; ')}`;
};
