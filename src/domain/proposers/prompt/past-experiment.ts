import type { Outcome } from '../../../contract/outcome.js';

/** As much of a ledger's row as a proposer is told. */
export interface PastExperiment {
  experiment: number;
  outcome: Outcome;
  idea: string;
  reason: string;
  value: number | null;
}
