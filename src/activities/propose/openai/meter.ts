import { NO_USAGE, type Usage } from '../../../contract/proposal.js';
import { dollarsOf, mostTokens, type Price, type Tokens } from '../../../domain/proposers/prices.js';

export interface Allowance {
  dollars: number | null;
  tokens: number | null;
}

/** What one experiment's calls cost, and what the next one may. */
export interface Meter {
  readonly usage: Usage;
  count(tokens: Tokens, price: Price | null): number;
  /** why a call may not be made; null if it may */
  refusal(call: { characters: number; maxOutputTokens: number; price: Price | null }): string | null;
}

/** `before`: what earlier attempts of the same activity have spent already, out of the same allowance. */
export const createMeter = (model: string, allowance: Allowance, before: Usage | undefined): Meter => {
  const usage: Usage = { ...(before ?? NO_USAGE), model };
  return {
    usage,
    count: (tokens, price) => {
      const dollars = dollarsOf(price, tokens);
      usage.calls++;
      usage.inputTokens += tokens.input;
      usage.cachedTokens += tokens.cached;
      usage.outputTokens += tokens.output;
      usage.dollars += dollars;
      return dollars;
    },
    refusal: ({ characters, maxOutputTokens, price }) => {
      const most = mostTokens(characters, maxOutputTokens);
      const dollars = dollarsOf(price, most);
      const [tokens, spentTokens] = [most.input + most.output, usage.inputTokens + usage.outputTokens];
      if (allowance.dollars !== null && usage.dollars + dollars > allowance.dollars) {
        const left = Math.max(0, allowance.dollars - usage.dollars);
        return `a call of ${model} may cost $${dollars.toFixed(4)}, and $${left.toFixed(4)} of the budget is left`;
      }
      if (allowance.tokens !== null && spentTokens + tokens > allowance.tokens) {
        const left = Math.max(0, allowance.tokens - spentTokens);
        return `a call of ${model} may use ${String(tokens)} tokens, and ${String(left)} of the budget are left`;
      }
      return null;
    },
  };
};
