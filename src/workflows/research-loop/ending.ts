import type { Incumbent } from '../../contract/incumbent.js';
import type { ExperimentRow } from '../../contract/ledger.js';
import type { RunRecord } from '../../contract/measurement.js';

/** What an experiment's end says, beside the proposal it began with. */
export interface Ending extends Pick<ExperimentRow, 'outcome' | 'reason' | 'value' | 'verdict'> {
  measurements: RunRecord[];
  /** what it was compared with */
  against: Incumbent | null;
  /** set for a keep */
  incumbent: Incumbent | null;
}
