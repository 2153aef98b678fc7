import { UserError } from '../contract/user-error.js';
import { readSettings } from './settings.js';
import { runSteward } from './steward.js';

try {
  await runSteward(readSettings(process.env));
} catch (error) {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = error instanceof UserError ? 2 : 1;
}
