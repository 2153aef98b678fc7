/** Dollars per million tokens. */
export interface Price {
  input: number;
  /** default: as input */
  cachedInput?: number;
  output: number;
}

/** List prices as published by the vendors in autumn 2025; `prices` in task.yaml overrides them. */
const DEFAULT_PRICES: Readonly<Record<string, Price>> = {
  'gpt-5': { input: 1.25, cachedInput: 0.125, output: 10 },
  'gpt-5-mini': { input: 0.25, cachedInput: 0.025, output: 2 },
  'gpt-5-nano': { input: 0.05, cachedInput: 0.005, output: 0.4 },
  'gpt-5-codex': { input: 1.25, cachedInput: 0.125, output: 10 },
  'gpt-4.1': { input: 2, cachedInput: 0.5, output: 8 },
  'gpt-4.1-mini': { input: 0.4, cachedInput: 0.1, output: 1.6 },
  'gpt-4.1-nano': { input: 0.1, cachedInput: 0.025, output: 0.4 },
  'gpt-4o': { input: 2.5, cachedInput: 1.25, output: 10 },
  'gpt-4o-mini': { input: 0.15, cachedInput: 0.075, output: 0.6 },
  o3: { input: 2, cachedInput: 0.5, output: 8 },
  'o4-mini': { input: 1.1, cachedInput: 0.275, output: 4.4 },
  'claude-opus-4-1': { input: 15, cachedInput: 1.5, output: 75 },
  'claude-sonnet-4-5': { input: 3, cachedInput: 0.3, output: 15 },
  'claude-haiku-4-5': { input: 1, cachedInput: 0.1, output: 5 },
  'gemini-2.5-pro': { input: 1.25, cachedInput: 0.125, output: 10 },
  'gemini-2.5-flash': { input: 0.3, cachedInput: 0.03, output: 2.5 },
  'deepseek-chat': { input: 0.28, cachedInput: 0.028, output: 0.42 },
  'deepseek-reasoner': { input: 0.28, cachedInput: 0.028, output: 0.42 },
};

const plainName = (model: string): string =>
  (model.split('/').at(-1) ?? model).replace(/-\d{4}-?\d{2}-?\d{2}$/, '').replace(/-latest$/, '');

/** The price of a model by its name, also with a vendor's prefix or a date; null if nobody has told it. */
export const priceOf = (
  model: string,
  own: Readonly<Record<string, { input: number; cachedInput?: number | undefined; output: number }>>,
): Price | null => {
  const found = own[model] ?? own[plainName(model)] ?? DEFAULT_PRICES[plainName(model)];
  if (found === undefined) return null;
  const { cachedInput, ...rest } = found;
  return cachedInput === undefined ? rest : { ...rest, cachedInput };
};

export interface Tokens {
  input: number;
  /** part of the input that the server had kept */
  cached: number;
  output: number;
}

/** What a call costs; nothing where no price is known. */
export const dollarsOf = (price: Price | null, tokens: Tokens): number => {
  if (price === null) return 0;
  const fresh = Math.max(0, tokens.input - tokens.cached);
  const cached = tokens.cached * (price.cachedInput ?? price.input);
  return (fresh * price.input + cached + tokens.output * price.output) / 1e6;
};

/** What a call can cost at most: a token is seldom under three characters, and nothing is cached. */
export const mostTokens = (promptCharacters: number, maxOutputTokens: number): Tokens => ({
  input: Math.ceil(promptCharacters / 3),
  cached: 0,
  output: maxOutputTokens,
});
