import { condition, isCancellation } from '@temporalio/workflow';
import type { HoldoutWord } from '../../../contract/holdout.js';
import {
  anchorText,
  INVALID_SENTENCES,
  vaultName,
  type HoldoutAnswer,
  type HoldoutQuery,
  type QuestionKind,
} from '../../../contract/steward.js';
import { fateOf } from '../../../domain/validation/fate-of.js';
import { answerText } from '../../../domain/validation/answer-text.js';
import { countAnswer, isSpent, NO_ANSWERS } from '../../../domain/validation/tally.js';
import { failureText } from '../failure-text.js';
import type { Loop } from '../loop.js';
import { askSteward } from './activities.js';

export interface Question {
  experiment: number;
  kind: QuestionKind;
  candidate: string;
  incumbent: string;
  /** gain by the loop's own measure */
  claimed: number | null;
  /** standard error of it; absent: there is none, or it isn't known */
  claimedError?: number;
}

const NOBODY: HoldoutWord = { kind: 'keep', verdict: 'undecided', reason: null, record: null, left: null };

export const SPENT = "the holdout's questions are spent: nothing more can be confirmed";

const queryOf = ({ input }: Loop, question: Question): HoldoutQuery => {
  const { loop, task, source, level } = input;
  const { vault = '', command = '' } = task.holdout ?? {};
  const { repository, prefix } = source;
  return {
    v: 1,
    loop,
    task: task.name,
    vault: vaultName(vault),
    command,
    repository,
    prefix,
    ...question,
    ...(level === 0 ? {} : { level }),
  };
};

/** Waits for a person: what is missing will not come by itself. */
const halt = async (loop: Loop, why: string): Promise<void> => {
  loop.halt(`the holdout can't be asked: ${why}`);
  await condition(() => loop.state.phase !== 'paused');
};

/** The answer, however long the steward is away; null where nobody may be believed or asked, and a person was told. */
const hear = async (loop: Loop, query: HoldoutQuery): Promise<HoldoutAnswer | null> => {
  const summary = `ask the holdout about experiment ${String(query.experiment)} (${query.kind})`;
  for (;;) {
    const away = loop.asking?.away ?? false;
    try {
      const heard = await askSteward.executeWithOptions({ summary }, [{ query, away }]);
      if ('answer' in heard) return heard.answer;
      if (loop.asking !== null) loop.asking = { ...loop.asking, away: heard.away };
      loop.event(
        'holdout',
        heard.away ? 'the steward is away: the loop waits for it' : 'the steward is back',
      );
    } catch (error) {
      if (isCancellation(error)) throw error;
      if (loop.stopping === null) await halt(loop, failureText(error));
      return null;
    }
  }
};

/** Takes in word, budget and the head of the steward's log: it has nothing else. */
const take = (loop: Loop, { experiment, kind }: Question, answer: HoldoutAnswer): HoldoutWord => {
  const { verdict, reason, record, left, head, alarm } = answer;
  const word = { kind, verdict, reason, record, left, ...(alarm === undefined ? {} : { alarm }) };
  const holdout = countAnswer(loop.state.holdout ?? NO_ANSWERS, word);
  loop.state = { ...loop.state, holdout };
  loop.event('holdout', `${anchorText(head)}${answerText(experiment, word)}`);
  if (isSpent(holdout) && kind !== 'final') loop.stopping ??= SPENT;
  loop.changed = true;
  return word;
};

/** One question until it has its word. What a person must mend halts the loop; a loop that stops asks once. */
export const ask = async (loop: Loop, question: Question): Promise<HoldoutWord> => {
  const query = queryOf(loop, question);
  for (;;) {
    const answer = await hear(loop, query);
    if (answer === null) {
      if (loop.stopping !== null) return { ...NOBODY, kind: question.kind };
      continue;
    }
    if (fateOf(answer) !== 'mend' || loop.stopping !== null) return take(loop, question, answer);
    await halt(loop, answer.reason === null ? '' : INVALID_SENTENCES[answer.reason]);
  }
};
