import { counted, formatSpread } from '../../domain/format.js';
import type { PromotionReplay } from '../../domain/replay/promotion-replay.js';
import type { Real, Remeasured, Replay, ReplayedVerdict } from '../../domain/replay/replayed.js';
import { cleanLine } from '../clean-text.js';
import { outcomeWord } from '../family.js';
import { cut, fit, fitRight } from './display-width.js';

interface Shown {
  columns: number;
  /** every experiment, or only what was or would have been kept */
  all: boolean;
}

const signed = (value: number): string => (value > 0 ? `+${formatSpread(value)}` : formatSpread(value));

const word = (verdict: ReplayedVerdict['verdict']): string =>
  verdict === 'unknown' ? 'unknown' : outcomeWord(verdict);

const ONLY = { candidate: 'it', incumbent: 'the old' } as const;

const remeasuredText = (found: Remeasured | null): string => {
  if (found === null) return '';
  const { gain, interval, how, n, decidedBy, only } = found;
  const between = interval === null ? '' : ` [${signed(interval[0])}, ${signed(interval[1])}]`;
  return `${signed(gain)}${between}, ${String(n)} ${how}${decidedBy ? '*' : how === 're-runs' ? '†' : ''}${only === undefined ? '' : ` of ${ONLY[only]}`}`;
};

const isTelling = ({ recorded, verdict }: ReplayedVerdict): boolean =>
  recorded === 'keep' || verdict === 'keep' || verdict === 'unknown' || verdict !== recorded;

const HEADER = ['#', 'recorded', 'replayed', 'gain', 'measured anew', 'why'];
const WIDTHS = [5, 13, 13, 9, 34];

const row = (cells: readonly string[], columns: number): string => {
  const [number = '', ...rest] = cells;
  const [first = 5, ...widths] = WIDTHS;
  const fixed = widths.map((width, at) => fit(rest[at] ?? '', width));
  const used = first + widths.reduce((sum, width) => sum + width + 2, 2);
  const last = cut(cells.at(-1) ?? '', Math.max(20, columns - used));
  return [fitRight(number, first), ...fixed, last].join('  ').trimEnd();
};

const table = (verdicts: readonly ReplayedVerdict[], columns: number): string[] => [
  row(HEADER, columns),
  ...verdicts.map((one) =>
    row(
      [
        String(one.experiment),
        outcomeWord(one.recorded),
        word(one.verdict),
        one.gain === null ? '' : signed(one.gain),
        remeasuredText(one.remeasured),
        cleanLine(one.reason === '' ? one.idea : one.reason),
      ],
      columns,
    ),
  ),
];

/** How much of what was kept was real, in words. */
const realText = ({ keeps, remeasured, decidedBy, withoutGain, share, claimed, found }: Real): string => {
  if (keeps === 0) return 'Nothing would have been kept.';
  if (remeasured === 0 || share === null)
    return 'None of the keeps was measured again in pairs: how much of them is real, this record cannot say.';
  const byChoice =
    decidedBy === 0 ? '' : `*, ${decidedBy === remeasured ? 'all' : String(decidedBy)} by those that decided`;
  const percent = String(Math.round(share * 100));
  return (
    `Of ${counted(keeps, 'keep')}, ${String(remeasured)} ${remeasured === 1 ? 'was' : 'were'} measured again in pairs${byChoice}: ${String(withoutGain)} (${percent} %) showed no gain; ` +
    `${signed(claimed)} of gain when kept, ${signed(found)} when measured anew.`
  );
};

const follows = (count: number): string =>
  `${counted(count, 'verdict')} ${count === 1 ? 'does' : 'do'} not follow`;

const another = ({ changed, renamed }: Replay): string => {
  const names =
    renamed.length === 0 ? '' : `; ${String(renamed.length)} more, not kept either way, by name only`;
  return `${counted(changed.length, 'verdict')} would have been another${names}.`;
};

const agreement = (replay: Replay): string => {
  const { ownRule, changed, unknown, untold } = replay;
  if (!ownRule) return another(replay);
  const wrong = changed.length + unknown - untold.length;
  const of = `This is the rule that the loop ran under`;
  const lacking =
    untold.length === 0
      ? ''
      : ` Of ${counted(untold.length, 'verdict')} it can't be told: this record lacks runs of an incumbent that changed meanwhile.`;
  if (wrong > 0) return `${of}, but ${follows(wrong)} from it.${lacking}`;
  return `${of}, and every ${untold.length === 0 ? '' : 'other '}verdict follows from it.${lacking}`;
};

/** A replayed record for people: the verdicts that matter, and what they come to. */
export const replayText = (replay: Replay, { columns, all }: Shown): string => {
  const { name, rule, recordedRule, recordedKept, kept, unknown, verdicts, notes } = replay;
  const under = recordedRule === null ? 'no rule recorded' : `recorded under ${recordedRule}`;
  const shown = all ? verdicts : verdicts.filter(isTelling);
  const hidden = verdicts.length - shown.length;
  const most =
    unknown === 0
      ? ''
      : `, ${String(unknown)} unknown: the record lacks the runs that the rule would have made`;
  const apart = shown.some(({ remeasured }) => remeasured?.how === 're-runs');
  const flattered = verdicts.some(({ remeasured }) => remeasured?.decidedBy === true);
  return [
    `${cleanLine(name)} under ${rule}, ${under}`,
    ...notes.map((note) => `  ! ${note}`),
    '',
    ...(shown.length === 0 ? [] : table(shown, columns)),
    ...(hidden === 0 ? [] : [`       ${counted(hidden, 'other')}: not kept either way; --all shows them`]),
    '',
    `Kept: ${String(recordedKept)} in the record, ${String(kept)} under ${rule}${most}.`,
    agreement(replay),
    ...(replay.real.keeps === 0 && unknown > 0 ? [] : [realText(replay.real)]),
    ...(flattered ? ['* the rule decided by these very runs: they flatter what was kept'] : []),
    ...(apart ? ['† made apart in time: what drifted meanwhile is in it, so it is not counted'] : []),
  ].join('\n');
};

/** The same for branch + promote: what scouting would have gathered, and which promotions the record can decide. */
export const promotionReplayText = (replay: PromotionReplay): string => {
  const { name, every, recordedRule, verdicts, tests, provisional, untested, notes } = replay;
  const under = recordedRule === null ? 'no rule recorded' : `recorded under ${recordedRule}`;
  const line = ({ after, branch, verdict, reason }: PromotionReplay['tests'][number]): string =>
    `  after #${String(after)}: ${branch.map((one) => `#${String(one)}`).join(' ')} → ${verdict} (${reason})`;
  return [
    `${cleanLine(name)} under branch+promote, a test every ${counted(every, 'evaluation')}, ${under}`,
    ...notes.map((note) => `  ! ${note}`),
    '',
    ...(tests.length === 0 ? ['  no promotion test would have been due'] : tests.map(line)),
    '',
    `Scouting: ${String(provisional)} of ${counted(verdicts.length, 'evaluation')} would have joined a branch; ` +
      `${String(untested)} of them are on it at the end, untested.`,
    `Promotions: ${String(replay.promoted)} won, ${String(replay.reset)} lost, ${String(replay.unknown)} unknown ` +
      '(they need fresh pairs of branch and trunk that nobody measured).',
  ].join('\n');
};
