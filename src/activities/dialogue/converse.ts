import type { ControlActivities, RoundRequest } from '../../contract/activities.js';
import type { RoundAnswer } from '../../contract/dialogue.js';
import { NO_USAGE, type Usage } from '../../contract/proposal.js';
import type { Deps } from '../deps.js';
import { askCatalogue } from './ask-catalogue.js';
import { askModel } from './ask-model.js';
import { earlierAnswer } from './earlier-answer.js';
import { createGatherRound } from './gather-round.js';
import { readRound, type RoundReading } from './read-round.js';

const keyOf = ({ proposing, dialogue, round }: RoundRequest): string =>
  `${proposing.loop}/${String(proposing.experiments[0])}/round/${String(dialogue.rounds)}-${round}`;

const answerOf = (reading: RoundReading, usage: Usage): RoundAnswer => {
  if (reading.status === 'malformed') return { ...reading, usage };
  return 'said' in reading
    ? { status: 'said', text: reading.said, usage }
    : { status: 'written', authored: reading.authored, usage };
};

/** One round: what was answered before is read again, else the model or the catalogue is asked. */
export const createConverse = (deps: Deps): ControlActivities['converse'] => {
  const gatherRound = createGatherRound(deps);
  return async (request) => {
    const key = keyOf(request);
    const before = await earlierAnswer(deps, key);
    if (request.researcher.from === 'catalogue')
      return answerOf(readRound(request, before?.text ?? (await askCatalogue(deps, request, key))), NO_USAGE);
    if (before !== null) return answerOf(readRound(request, before.text), before.usage);
    const asked = await askModel(deps, request, { key, prompt: await gatherRound(request) });
    return 'over' in asked
      ? { status: 'over_budget', reason: asked.over, usage: asked.usage }
      : answerOf(asked.reading, asked.usage);
  };
};
