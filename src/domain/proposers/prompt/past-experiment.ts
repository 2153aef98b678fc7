import type { Outcome } from '../../../contract/outcome.js';

/** As much of a ledger's row as a proposer is told. */
export interface PastExperiment {
  experiment: number;
  outcome: Outcome;
  /** `promotion` for a test of many changes, which is no idea of its own */
  proposer?: string;
  idea: string;
  reason: string;
  value: number | null;
}
