import { patched } from '@temporalio/workflow';
import type { LoopInput, Spent } from '../../../contract/loop.js';
import { budgetLeft } from '../../../domain/loop/budget.js';
import {
  asBudget,
  asksForMoney,
  type Money,
  moneyForChild,
  NO_MONEY,
} from '../../../domain/research/money-for-child.js';
import type { Loop } from '../loop.js';

const finite = (amount: number): number => (Number.isFinite(amount) ? amount : 0);

/** The money that the loops of one measurement may spend or have spent, reserved from the budget above until it is counted there. */
export class Purse {
  #held = NO_MONEY;
  readonly #loop: Loop;
  /** loops of the measurement that have not begun */
  #toBegin: number;

  constructor(loop: Loop, units: number) {
    this.#loop = loop;
    this.#toBegin = units;
  }

  /** A loop below with its part of what is left, and what to call when it has ended. */
  lend(input: LoopInput): { input: LoopInput; ended: (spent: Pick<Spent, 'dollars' | 'tokens'>) => void } {
    const toBegin = this.#toBegin--;
    const { state } = this.#loop;
    const isBound = state.budget.dollars !== undefined || state.budget.tokens !== undefined;
    if (!isBound || !asksForMoney(input.task) || !patched('money below'))
      return { input, ended: () => undefined };
    const left = budgetLeft(state, this.#loop.reserved(), Date.now());
    const { budget } = input.task;
    const lent = moneyForChild(budget, left, toBegin);
    this.#hold(lent, 1);
    return {
      input: { ...input, task: { ...input.task, budget: { ...budget, ...asBudget(lent) } } },
      ended: (spent) => {
        this.#hold(lent, -1);
        this.#hold(spent, 1);
      },
    };
  }

  /** One that was run before needs none. */
  skip(): void {
    this.#toBegin--;
  }

  /** What was spent is counted above from now on. */
  close(): void {
    this.#hold(this.#held, -1);
  }

  #hold({ dollars, tokens }: Money, sign: 1 | -1): void {
    const change = { dollars: sign * finite(dollars), tokens: sign * finite(tokens) };
    const add = (to: Money): Money => ({
      dollars: to.dollars + change.dollars,
      tokens: to.tokens + change.tokens,
    });
    this.#held = add(this.#held);
    this.#loop.lentBelow = add(this.#loop.lentBelow);
  }
}
