import type { OpenAI } from 'openai';
import { countedTokens } from '../../../domain/proposers/counted-tokens.js';
import type { Tokens } from '../../../domain/proposers/prices.js';

export type Message = OpenAI.Chat.Completions.ChatCompletionMessageParam;

export interface ModelRequest {
  model: string;
  messages: Message[];
  maxOutputTokens: number;
  temperature: number | undefined;
  timeoutSeconds: number;
}

export interface ModelAnswer {
  text: string;
  tokens: Tokens;
  /** the server did not count, or absurdly, so that tokens are estimated from characters */
  estimated: boolean;
  /** the answer ended at maxOutputTokens */
  cut: boolean;
}

export interface Server {
  baseUrl: string;
  apiKey: string;
}

/** Newer models of OpenAI know only this name of the limit; everybody else knows `max_tokens`. */
const NEW_LIMIT = /^(?:openai\/)?(?:o\d|gpt-[5-9])/;

const body = (request: ModelRequest, limit: 'max_tokens' | 'max_completion_tokens') => ({
  model: request.model,
  messages: request.messages,
  [limit]: request.maxOutputTokens,
  ...(request.temperature === undefined ? {} : { temperature: request.temperature }),
  stream: false as const,
});

/** Length of all texts of a conversation. */
export const charactersOf = (messages: readonly Message[]): number =>
  messages.reduce((sum, { content }) => sum + (typeof content === 'string' ? content.length : 0), 0);

/** Tells a chat completion from whatever else a server may answer with status 200. */
export class NoCompletion extends Error {
  override readonly name = 'NoCompletion';
}

const readAnswer = (request: ModelRequest, answer: OpenAI.Chat.Completions.ChatCompletion): ModelAnswer => {
  // typed by the package, but it is whatever the server sent
  const choices: unknown = (answer as { choices?: unknown } | null)?.choices;
  if (!Array.isArray(choices)) throw new NoCompletion('the answer holds no choices');
  const choice = answer.choices[0];
  const text = choice?.message?.content ?? '';
  const size = {
    promptCharacters: charactersOf(request.messages),
    answerCharacters: text.length,
    maxOutputTokens: request.maxOutputTokens,
  };
  return {
    text,
    ...countedTokens(answer.usage, size),
    cut: choice?.finish_reason === 'length',
  };
};

/** Asks once; every failure is thrown as it comes. The package is loaded only here: it costs 20 MB of memory. */
export const callModel = async (
  server: Server,
  request: ModelRequest,
  signal: AbortSignal,
): Promise<ModelAnswer> => {
  const { OpenAI } = await import('openai');
  const client = new OpenAI({
    apiKey: server.apiKey,
    baseURL: server.baseUrl,
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: request.timeoutSeconds * 1000,
  });
  const ask = async (limit: 'max_tokens' | 'max_completion_tokens'): Promise<ModelAnswer> =>
    readAnswer(request, await client.chat.completions.create(body(request, limit), { signal }));
  const first = NEW_LIMIT.test(request.model) ? 'max_completion_tokens' : 'max_tokens';
  try {
    return await ask(first);
  } catch (error) {
    const refused = error instanceof OpenAI.BadRequestError && error.message.includes(first);
    if (!refused) throw error;
    return await ask(first === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens');
  }
};
