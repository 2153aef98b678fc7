import type { Incumbent, LoopState } from '../../contract/loop.js';
import type { Outcome } from '../../contract/outcome.js';
import type { Usage } from '../../contract/proposal.js';
import { isDeterministic } from '../acceptance/without-noise.js';
import { whatStands } from '../promotion/what-stands.js';
import { tokensOf } from './budget.js';

/** A finished experiment, as far as the loop's state remembers it. */
export interface Finished {
  experiment: number;
  outcome: Outcome;
  idea: string;
  reason: string;
  value: number | null;
  usage: Usage;
  /** experiments of the budget that it took; absent: one */
  took?: number;
  /** set for a keep */
  incumbent: Incumbent | null;
}

const RECENT = 8;
const NAMED = 16;
const IDEA_LENGTH = 160;

const cut = (text: string): string =>
  text.length <= IDEA_LENGTH ? text : `${text.slice(0, IDEA_LENGTH - 1)}…`;

/** The state after an experiment's verdict; device time is counted as the runs end, not here. */
export const recordVerdict = (state: LoopState, finished: Finished): LoopState => {
  const { experiment, outcome, value, usage } = finished;
  const kept = finished.incumbent !== null;
  const before = whatStands(state);
  const unproven = kept && isDeterministic(state);
  return {
    ...state,
    spent: {
      ...state.spent,
      experiments: state.spent.experiments + (finished.took ?? 1),
      dollars: state.spent.dollars + usage.dollars,
      tokens: state.spent.tokens + tokensOf(usage),
    },
    incumbent: finished.incumbent ?? state.incumbent,
    ...(kept && before?.experiment === 0 ? { baselineStood: { value: before.value, n: before.n } } : {}),
    ...(unproven ? { unproven: [...(state.unproven ?? []), experiment].slice(-NAMED) } : {}),
    sinceKeep: kept ? 0 : state.sinceKeep + 1,
    refusedInARow: outcome === 'refused' ? state.refusedInARow + 1 : 0,
    outcomes: { ...state.outcomes, [outcome]: (state.outcomes[outcome] ?? 0) + 1 },
    recent: [
      ...state.recent,
      { experiment, outcome, value, idea: cut(finished.idea), reason: cut(finished.reason) },
    ].slice(-RECENT),
  };
};
