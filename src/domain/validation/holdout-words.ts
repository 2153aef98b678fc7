import type { HoldoutStatus, HoldoutTally, HoldoutWord } from '../../contract/holdout.js';
import type { HoldoutVerdict } from '../../contract/steward.js';
import { counted } from '../format.js';

const ORDER: readonly HoldoutVerdict[] = ['pays', 'flat', 'harmful', 'undecided', 'invalid'];
const MARK = '; holdout: ';

/** An answer as a verdict's reason has it: word and record, which is all there is to tell. */
export const wordInWords = ({ verdict, record, reason }: HoldoutWord): string => {
  const of = record === null ? 'no record' : `record ${record.slice(0, 12)}`;
  const why = reason === null ? '' : `, ${reason.replaceAll('_', ' ')}`;
  return `${verdict} (${of}${why})`;
};

export const withWord = (reason: string, word: HoldoutWord): string => `${reason}${MARK}${wordInWords(word)}`;

/** A reason as a proposer may read it: whether a change was kept is no secret, what the holdout said of it is. */
export const withoutWord = (reason: string): string => {
  const at = reason.lastIndexOf(MARK);
  return at === -1 ? reason : reason.slice(0, at);
};

/** How many of what the search would have kept the holdout confirmed: the gap between them, as a count. */
export const confirmedShare = (answers: HoldoutTally['answers']): { confirmed: number; asked: number } => ({
  confirmed: answers.pays ?? 0,
  asked: ORDER.reduce((sum, verdict) => sum + (answers[verdict] ?? 0), 0),
});

const tallyWords = ({ answers, asking }: HoldoutStatus): string[] => {
  const { confirmed, asked } = confirmedShare(answers);
  if (asked === 0) return asking === null ? ['nothing was asked yet'] : [];
  const words = ORDER.flatMap((verdict) =>
    (answers[verdict] ?? 0) === 0 ? [] : [`${String(answers[verdict])} ${verdict}`],
  );
  return [`confirmed ${String(confirmed)} of ${counted(asked, 'gain')} of the search (${words.join(', ')})`];
};

const askingWords = ({ asking }: HoldoutStatus): string[] => {
  if (asking === null) return [];
  const about = asking.kind === 'final' ? 'the final incumbent' : `#${String(asking.experiment)}`;
  return asking.away
    ? [`the steward is away: the loop waits with ${about} until it is back (\`autolift worker steward\`)`]
    : [`asked about ${about} now`];
};

const FINAL: Readonly<Record<NonNullable<HoldoutTally['final']>, string>> = {
  pays: 'the final incumbent pays there too',
  flat: 'the final incumbent is no better there than the baseline',
  harmful: 'the final incumbent is worse there than the baseline',
  undecided: 'of the final incumbent it could not say',
  invalid: 'of the final incumbent it could not judge',
  'not asked': 'it was not asked about the final incumbent',
};

/** "confirmed 3 of 5 gains of the search (3 pays, 2 flat), 995 questions left": all that a person sees of it here. */
export const holdoutWords = (status: HoldoutStatus): string => {
  const { left, final } = status;
  const budget =
    left === null ? [] : [`${counted(left.queries, 'question')} and ${counted(left.passes, 'answer')} left`];
  const end = final === null ? [] : [FINAL[final]];
  return [...tallyWords(status), ...budget, ...end, ...askingWords(status)].join(', ');
};
