import type { Budget, Proposer, Task } from '../../contract/task-schema.js';

/** Dollars and tokens; Infinity where nothing bounds them. */
export interface Money {
  dollars: number;
  tokens: number;
}

export const NO_MONEY: Money = { dollars: 0, tokens: 0 };

/** Proposers whose answers somebody pays for. */
const PAID: readonly Proposer['kind'][] = ['openai', 'command', 'research'];

export const asksForMoney = ({ proposer }: Pick<Task, 'proposer'>): boolean =>
  [proposer].flat().some(({ kind }) => PAID.includes(kind));

const least = (own: number | undefined, share: number): number => Math.min(own ?? Infinity, share);

/** What a child loop may spend: its own budget's, and no more than its part of what is left above for those that have not begun. */
export const moneyForChild = (own: Budget, left: Money, toBegin: number): Money => ({
  dollars: least(own.dollars, left.dollars / toBegin),
  tokens: least(own.tokens, Math.floor(left.tokens / toBegin)),
});

/** The same as a budget's keys; one that nothing bounds has none. */
export const asBudget = ({ dollars, tokens }: Money): Pick<Budget, 'dollars' | 'tokens'> => ({
  ...(Number.isFinite(dollars) && { dollars }),
  ...(Number.isFinite(tokens) && { tokens }),
});
