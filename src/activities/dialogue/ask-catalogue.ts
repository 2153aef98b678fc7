import type { RoundRequest } from '../../contract/activities.js';
import { CATALOGUE, catalogueAnswer } from '../../domain/dialogue/catalogue.js';
import type { Deps } from '../deps.js';

/** A round without a model: the catalogue's answer, kept like any other. */
export const askCatalogue = async (
  { ledger, blobs, readLibrary }: Pick<Deps, 'ledger' | 'blobs' | 'readLibrary'>,
  { proposing, round, dialogue }: RoundRequest,
  key: string,
): Promise<string> => {
  const { loop, task, experiments } = proposing;
  const experiment = experiments[0] ?? 0;
  const library = (await readLibrary()).map(({ meta, what, source }) => ({
    name: meta.name,
    domain: meta.domain,
    what,
    source,
  }));
  const answer = catalogueAnswer(round, library, { seed: task.seed, experiment, rounds: dialogue.rounds });
  const transcript = JSON.stringify({ round, model: CATALOGUE, status: 'ok', answer }, null, 1);
  await ledger.recordModelCall({
    key,
    loop,
    experiment,
    model: CATALOGUE,
    status: 'ok',
    inputTokens: 0,
    cachedTokens: 0,
    outputTokens: 0,
    dollars: 0,
    milliseconds: 0,
    transcript: await blobs.put(transcript, 'application/json'),
  });
  return answer;
};
