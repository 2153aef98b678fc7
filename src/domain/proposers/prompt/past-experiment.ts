import type { SteeredBy } from '../../../contract/steering.js';
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
  /** a part of a run, or runs of a known trial, are no verdict on an idea */
  steering?: SteeredBy;
}
