import type { ControlActivities } from '../../src/contract/activities.js';
import type { OpenedTransfer, TransferInput, TransferRow } from '../../src/contract/transfer.js';

export type Opens = (input: TransferInput) => Omit<OpenedTransfer, 'made'>;

/** A ledger of transfer runs in memory; a study that begins again finds its own. */
export const fakeTransfers = (
  rows: TransferRow[],
  opens: (input: TransferInput) => ReturnType<Opens> | undefined,
): Pick<ControlActivities, 'openTransfer' | 'recordTransfer'> => ({
  openTransfer: (input) =>
    Promise.resolve({
      ...(opens(input) ?? { plan: null, artifacts: [] }),
      made: rows
        .filter(({ id }) => id === input.id)
        .map(({ artifact, pair, run: { deviceClass: device, status, value } }) => ({
          device,
          artifact,
          pair,
          status,
          value,
        })),
    }),
  recordTransfer: (more) => {
    rows.push(...more);
    return Promise.resolve();
  },
});
