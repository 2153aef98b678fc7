import type { HoldoutWord } from '../../contract/holdout.js';
import type { HoldoutVerdict, QuestionKind } from '../../contract/steward.js';
import { wordInWords } from './holdout-words.js';

const TEXT =
  /: (keep|promotion|rent|final) of experiment (\d+): (pays|flat|harmful|undecided|invalid) \((?:record ([0-9a-f]+)|no record)[^)]*\)(?:; left (\d+)\/(\d+))?$/;

/** An answer as the loop's own history has it, after the head of the steward's log. */
export const answerText = (experiment: number, word: HoldoutWord): string => {
  const { kind, left } = word;
  const rest = left === null ? '' : `; left ${String(left.queries)}/${String(left.passes)}`;
  return `: ${kind} of experiment ${String(experiment)}: ${wordInWords(word)}${rest}`;
};

export interface RecordedAnswer {
  experiment: number;
  kind: QuestionKind;
  verdict: HoldoutVerdict;
  /** the beginning of its id; null: nothing was asked of the vault */
  record: string | null;
  left: HoldoutWord['left'];
}

/** The answer that such a text tells of; null: it is another event. */
export const readAnswer = (text: string): RecordedAnswer | null => {
  const found = TEXT.exec(text);
  if (found === null) return null;
  const [, kind, experiment, verdict, record, queries, passes] = found;
  return {
    experiment: Number(experiment),
    kind: kind as QuestionKind,
    verdict: verdict as HoldoutVerdict,
    record: record ?? null,
    left: queries === undefined ? null : { queries: Number(queries), passes: Number(passes) },
  };
};
