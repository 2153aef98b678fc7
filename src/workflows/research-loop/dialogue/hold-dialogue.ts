import type { ProposeRequest } from '../../../contract/activities.js';
import type { Authored, Dialogue, Researcher } from '../../../contract/dialogue.js';
import type { Prepared, Usage } from '../../../contract/proposal.js';
import { nextStep } from '../../../domain/dialogue/next-step.js';
import { OPEN_DIALOGUE } from '../../../domain/dialogue/open-dialogue.js';
import { takeAnswer, takeExamined } from '../../../domain/dialogue/take-answer.js';
import { converseWith, examine } from '../activities.js';

/** What a dialogue comes to: something to be committed, or the row of an experiment without a candidate. */
export type Held = { authored: Authored; usage: Usage } | { prepared: Prepared };

const without = (
  { usage }: Dialogue,
  experiment: number,
  refusal: { status: 'refused' | 'over_budget'; idea: string; reason: string },
): Held => ({ prepared: { experiment, proposer: 'research', usage, ...refusal } });

/**
 * Rounds of one candidate, each an activity of its own, so that one that was answered is never paid for twice. `paid` hears
 * what was spent as it is spent: a dialogue that is broken off has cost something too.
 */
export const holdDialogue = async (
  proposing: ProposeRequest,
  researcher: Researcher,
  paid: (usage: Usage) => void,
): Promise<Held> => {
  const experiment = proposing.experiments[0] ?? 0;
  const { source, base } = proposing;
  let dialogue = OPEN_DIALOGUE;
  for (;;) {
    const step = nextStep(dialogue, researcher.repairs);
    const where = `experiment ${String(experiment)}, round ${String(dialogue.rounds + 1)}`;
    switch (step.kind) {
      case 'refuse':
        return without(dialogue, experiment, { status: 'refused', idea: step.idea, reason: step.reason });
      case 'commit':
        return { authored: step.authored, usage: dialogue.usage };
      case 'examine': {
        const summary = `the gates look at experiment ${String(experiment)}: ${step.authored.idea}`.slice(
          0,
          200,
        );
        const { authored } = step;
        const request = { source, base, authored };
        dialogue = takeExamined(dialogue, await examine.executeWithOptions({ summary }, [request]));
        break;
      }
      case 'ask': {
        const { round } = step;
        const request = { proposing, researcher, round, dialogue };
        const answer = await converseWith(researcher).executeWithOptions({ summary: `${where}: ${round}` }, [
          request,
        ]);
        if (answer.status === 'over_budget') {
          const { reason } = answer;
          return without(dialogue, experiment, { status: 'over_budget', idea: '', reason });
        }
        dialogue = takeAnswer(dialogue, round, answer);
        paid(dialogue.usage);
      }
    }
  }
};
