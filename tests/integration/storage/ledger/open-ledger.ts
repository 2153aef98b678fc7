import { onTestFinished } from 'vitest';
import { type Ledger, openLedger } from '../../../../src/storage/ledger/ledger.js';
import { freshDatabase } from '../../../support/postgres.js';
import { loopRow } from './ledger-rows.js';

/** A migrated ledger of the test's own, with one loop in it. */
export const scratchLedger = async (): Promise<{ ledger: Ledger; url: string }> => {
  const url = await freshDatabase();
  const ledger = await openLedger(url);
  onTestFinished(async () => {
    await ledger.close();
  });
  await ledger.migrate();
  await ledger.openLoop(loopRow());
  return { ledger, url };
};
