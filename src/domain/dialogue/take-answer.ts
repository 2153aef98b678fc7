import type { Dialogue, Examined, RoundAnswer, RoundKind, Trouble } from '../../contract/dialogue.js';
import type { Usage } from '../../contract/proposal.js';
import { oneLine } from '../proposers/prompt/untrusted.js';

const LONGEST_TROUBLE = 300;
const LONGEST_REASON = 4000;

const added = (sum: Usage, one: Usage): Usage => ({
  model: one.model ?? sum.model,
  calls: sum.calls + one.calls,
  inputTokens: sum.inputTokens + one.inputTokens,
  cachedTokens: sum.cachedTokens + one.cachedTokens,
  outputTokens: sum.outputTokens + one.outputTokens,
  dollars: sum.dollars + one.dollars,
});

const troubled = (dialogue: Dialogue, { at, reason }: Trouble): Dialogue => ({
  ...dialogue,
  trouble: { at, reason: reason.slice(0, LONGEST_REASON) },
  troubles: [...dialogue.troubles, oneLine(`${at}: ${reason}`, LONGEST_TROUBLE)],
});

/** A dialogue after a round was answered. */
export const takeAnswer = (before: Dialogue, round: RoundKind, answer: RoundAnswer): Dialogue => {
  const dialogue = { ...before, rounds: before.rounds + 1, usage: added(before.usage, answer.usage) };
  switch (answer.status) {
    case 'said':
      return { ...dialogue, trouble: null, said: { ...before.said, [round]: answer.text } };
    case 'written':
      return { ...dialogue, trouble: null, authored: answer.authored, examined: false };
    case 'malformed':
      return troubled(dialogue, { at: 'answer', reason: answer.problems.join('; ') });
    case 'over_budget':
      return { ...before, usage: added(before.usage, answer.usage) };
  }
};

/** A dialogue after the gates have looked at what was written. */
export const takeExamined = (dialogue: Dialogue, { trouble }: Examined): Dialogue => {
  const examined = { ...dialogue, examined: true };
  return trouble === null ? examined : troubled(examined, trouble);
};
