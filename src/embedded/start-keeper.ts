import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../contract/user-error.js';
import { controlEnvironment } from '../workers/child-environment.js';
import { PACKAGE_ROOT } from '../workers/package-root.js';
import type { Settings } from '../workers/settings.js';
import { openLog } from './log-file.js';

export interface StartedKeeper {
  child: ChildProcess;
  /** bytes that its log had before */
  logFrom: number;
}

/** Starts the keeper of this home folder, detached. */
export function startKeeper(settings: Settings): StartedKeeper {
  const main = join(PACKAGE_ROOT, 'dist', 'embedded', 'keeper-main.js');
  if (!existsSync(main)) throw new UserError('autolift is not built', main, 'Run `npm run build`.');
  const { handle, from } = openLog(settings.home, 'keeper');
  const child = spawn(process.execPath, ['--max-old-space-size=64', main, '--home', settings.home], {
    env: { ...controlEnvironment(settings.environment), AUTOLIFT_HOME: settings.home },
    cwd: settings.home,
    detached: true,
    stdio: ['ignore', handle, handle],
  });
  child.unref();
  closeSync(handle);
  return { child, logFrom: from };
}
