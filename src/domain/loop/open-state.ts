import type { LoopState } from '../../contract/loop.js';
import type { Budget } from '../../contract/task-schema.js';

/** The state of a loop that has done nothing yet. */
export const openState = (budget: Budget, now: number): LoopState => ({
  v: 1,
  phase: 'baseline',
  note: 'measuring the unchanged artifact',
  next: 1,
  startedAt: now,
  pausedMs: 0,
  budget,
  spent: { experiments: 0, deviceSeconds: 0, dollars: 0, tokens: 0 },
  incumbent: null,
  promotion: null,
  trunk: null,
  provisional: [],
  branchTip: null,
  baseline: null,
  noise: null,
  outcomes: {},
  sinceKeep: 0,
  refusedInARow: 0,
  hints: [],
  recent: [],
  unproposed: [],
  waiting: [],
  awaiting: [],
  trustClaims: false,
  meanRunSeconds: null,
  meanProposeSeconds: null,
  nextEvent: 1,
});
