import { mostTokens, type Tokens } from './prices.js';

/** What is known of a call without the server's word. */
export interface CallSize {
  promptCharacters: number;
  answerCharacters: number;
  maxOutputTokens: number;
}

const CHARACTERS_PER_TOKEN = 3;

/** A server may count what it adds itself, and thoughts that it doesn't show; it can't count ten times what there was. */
const DOUBTFUL = 10;

const estimated = (characters: number): number => Math.ceil(characters / CHARACTERS_PER_TOKEN);

/** A count as it stands in JSON, if it can be one: a whole number, not negative, not beyond belief. */
const counted = (value: unknown, most: number): number | null =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= DOUBTFUL * most
    ? (value as number)
    : null;

interface Counts {
  prompt_tokens?: unknown;
  completion_tokens?: unknown;
  prompt_tokens_details?: { cached_tokens?: unknown } | null;
  /** as DeepSeek says it */
  prompt_cache_hit_tokens?: unknown;
}

const isObject = (value: unknown): value is Counts => typeof value === 'object' && value !== null;

/** The tokens of a call as the server counted them; what it counted absurdly or not at all is estimated by length. */
export const countedTokens = (usage: unknown, size: CallSize): { tokens: Tokens; estimated: boolean } => {
  const said = isObject(usage) ? usage : {};
  const most = mostTokens(size.promptCharacters, size.maxOutputTokens);
  const input = counted(said.prompt_tokens, most.input + size.maxOutputTokens);
  const output = counted(said.completion_tokens, most.output + estimated(size.answerCharacters));
  const tokens = {
    input: input ?? estimated(size.promptCharacters),
    output: output ?? estimated(size.answerCharacters),
  };
  const kept = said.prompt_tokens_details?.cached_tokens ?? said.prompt_cache_hit_tokens ?? 0;
  return {
    tokens: {
      ...tokens,
      cached: counted(kept, tokens.input) === null ? 0 : Math.min(Number(kept), tokens.input),
    },
    estimated: input === null || output === null,
  };
};
