import { UserError } from '../contract/user-error.js';
import { runControlWorker } from './control.js';
import { readSettings } from './settings.js';

try {
  await runControlWorker(readSettings(process.env));
} catch (error) {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = error instanceof UserError ? 2 : 1;
}
