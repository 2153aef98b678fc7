import type { LoopState } from '../../contract/loop.js';
import type { Usage } from '../../contract/proposal.js';

/** What is in flight and not yet counted as spent. */
export interface Reserved {
  /** experiments that were begun (proposed, waiting, running, awaiting approval) and not settled */
  experiments: number;
  /** seconds that the runs in flight may still take on their devices */
  deviceSeconds: number;
  /** dollars and tokens promised to model calls in flight */
  dollars: number;
  tokens: number;
}

export const NOTHING_RESERVED: Reserved = { experiments: 0, deviceSeconds: 0, dollars: 0, tokens: 0 };

/** Tokens as the budget counts them. */
export const tokensOf = ({ inputTokens, outputTokens }: Usage): number => inputTokens + outputTokens;

const left = (limit: number | undefined, spent: number): number =>
  limit === undefined ? Infinity : Math.max(0, limit - spent);

/** Seconds the loop has been at work, pauses left out. */
export const elapsedSeconds = (state: LoopState, now: number): number =>
  Math.max(0, (now - state.startedAt - state.pausedMs) / 1000);

/** What may still be started; Infinity where the budget says nothing. Wall clock and device time in seconds. */
export const budgetLeft = (state: LoopState, reserved: Reserved, now: number) => ({
  experiments: left(state.budget.experiments, state.spent.experiments + reserved.experiments),
  wallClock: left(state.budget.wallClock, elapsedSeconds(state, now)),
  deviceSeconds: left(
    state.budget.deviceHours === undefined ? undefined : state.budget.deviceHours * 3600,
    state.spent.deviceSeconds + reserved.deviceSeconds,
  ),
  dollars: left(state.budget.dollars, state.spent.dollars + reserved.dollars),
  tokens: left(state.budget.tokens, state.spent.tokens + reserved.tokens),
});

/** Whether a model may be asked at all: money and tokens are left, whatever is in flight. */
export const modelBudgetLeft = (state: LoopState): boolean =>
  left(state.budget.dollars, state.spent.dollars) > 0 && left(state.budget.tokens, state.spent.tokens) > 0;
