import { Context } from '@temporalio/activity';
import type { RoundRequest } from '../../contract/activities.js';
import type { Usage } from '../../contract/proposal.js';
import { roundPrompt, type RoundPromptInput } from '../../domain/dialogue/round-prompt.js';
import type { Deps } from '../deps.js';
import { createMeter } from '../propose/openai/meter.js';
import { charactersOf, type Message, type ModelAnswer } from '../propose/openai/model-call.js';
import { knownPrice, modelFor, serverOf } from '../propose/openai/model-settings.js';
import { recordedCall } from '../propose/openai/recorded-call.js';
import { readRound, type RoundReading } from './read-round.js';

export type Asked = { usage: Usage } & ({ reading: RoundReading } | { over: string });

const left = (most: number | null, spent: number): number | null =>
  most === null ? null : Math.max(0, most - spent);

const readOf = (request: RoundRequest, { text, cut }: ModelAnswer): RoundReading => {
  const reading = readRound(request, text);
  if (reading.status === 'ok' || !cut) return reading;
  const limit = `The answer was cut off at ${String(request.researcher.maxOutputTokens)} tokens: answer shorter.`;
  return { status: 'malformed', problems: [limit, ...reading.problems] };
};

/** A round as a model answers it, within what the rounds before have left of the budget. */
export const askModel = async (
  deps: Deps,
  request: RoundRequest,
  { key, prompt }: { key: string; prompt: RoundPromptInput },
): Promise<Asked> => {
  const { proposing, researcher, round, dialogue } = request;
  const experiment = proposing.experiments[0] ?? 0;
  const { usage: spent } = dialogue;
  const session = { deps, request: proposing };
  const server = serverOf(deps.env);
  const model = modelFor(session, researcher, experiment);
  const price = knownPrice(researcher, model, proposing.dollarsLeft);
  const meter = createMeter(
    model,
    {
      dollars: left(proposing.dollarsLeft, spent.dollars),
      tokens: left(proposing.tokensLeft, spent.inputTokens + spent.outputTokens),
    },
    undefined,
  );
  const { system, user } = roundPrompt(prompt);
  const messages: Message[] = [
    { role: 'system', content: system },
    { role: 'user', content: user },
  ];
  const { maxOutputTokens, temperature, timeout: timeoutSeconds } = researcher;
  const over = meter.refusal({ characters: charactersOf(messages), maxOutputTokens, price });
  if (over !== null) return { over, usage: meter.usage };
  Context.current().log.info('asking a model', { experiment, round, model });
  const { reading } = await recordedCall(
    { session, experiment, server, price, meter, call: 0, round: { key, name: round } },
    { model, messages, maxOutputTokens, temperature, timeoutSeconds },
    (answer) => readOf(request, answer),
  );
  return { reading, usage: meter.usage };
};
