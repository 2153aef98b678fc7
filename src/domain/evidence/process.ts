import type { EvidenceOptions } from '../../contract/evidence.js';
/**
 * A test martingale against H0 "the mean difference is at most 0", as a fold over the differences. Its value is the
 * log of an e-value: P(sup_n E_n >= 1/alpha) <= alpha under H0 (Ville 1939), so one may look after every pair.
 * The state is JSON.
 */
export interface Process<State> {
  readonly empty: State;
  add(state: State, d: number, options: EvidenceOptions): State;
  logE(state: State, options: EvidenceOptions): number;
}
