import type { ControlActivities } from '../../contract/activities.js';
import type { Deps } from '../deps.js';

/** Writes runs of a study, each once. */
export const createRecordTransfer =
  ({ ledger }: Pick<Deps, 'ledger'>): ControlActivities['recordTransfer'] =>
  async (rows) => {
    await ledger.recordTransfer(rows);
  };
