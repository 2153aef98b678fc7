import { join } from 'node:path';

/** Where a blob lies: `<dir>/<first two digits>/<sha256>`; the device worker writes the same layout. */
export const storePath = (dir: string, sha256: string): string => {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError(`"${sha256}" is not a SHA-256 in lower-case hex`);
  return join(dir, sha256.slice(0, 2), sha256);
};
