import type { ControlActivities } from '../contract/activities.js';
import type { Deps } from './deps.js';

/** Writes what was decided about a new evaluator, once. */
export const createRecordEpoch =
  ({ ledger }: Pick<Deps, 'ledger'>): ControlActivities['recordEpoch'] =>
  async (row) => {
    await ledger.recordEpoch(row);
  };
