import { readSettings } from '../workers/settings.js';
import { Keeper } from './keeper.js';
import { takeKeeperLock } from './keeper-lock.js';
import { identify } from './process-identity.js';

const settings = readSettings(process.env);
const identity = identify(process.pid);

if (identity !== null && (await takeKeeperLock(settings.home))) {
  const keeper = new Keeper(settings, identity);
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => keeper.end());
  process.on('SIGHUP', () => keeper.poke());
  try {
    await keeper.run();
  } catch (error) {
    keeper.giveUp(error);
    console.error(error);
    process.exitCode = 1;
  }
}
