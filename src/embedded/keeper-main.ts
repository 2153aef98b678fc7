import { readSettings } from '../workers/settings.js';
import { Keeper } from './keeper.js';
import { takeKeeperLock } from './keeper-lock.js';
import { identify } from './process-identity.js';

let keeper: Keeper | null = null;
let told = false;

// before the lock names this process: whoever reads it may send a signal at once
for (const name of ['SIGTERM', 'SIGINT'] as const)
  process.on(name, () => {
    told = true;
    keeper?.end();
  });
process.on('SIGHUP', () => keeper?.poke());

const settings = readSettings(process.env);
const identity = identify(process.pid);

if (identity !== null && (await takeKeeperLock(settings.home)) && !told) {
  try {
    keeper = new Keeper(settings, identity);
    await keeper.run();
  } catch (error) {
    keeper?.giveUp(error);
    console.error(error);
    process.exitCode = 1;
  }
}
