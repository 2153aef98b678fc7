import { join } from 'node:path';

/** A hash becomes part of a path, or of an object's name. */
export const checkHash = (sha256: string): string => {
  if (/^[0-9a-f]{64}$/.test(sha256)) return sha256;
  throw new TypeError(`"${sha256}" is not a SHA-256 in lower-case hex`);
};

/** Where a blob lies: `<dir>/<first two digits>/<sha256>`; the device worker writes the same layout. */
export const storePath = (dir: string, sha256: string): string =>
  join(dir, checkHash(sha256).slice(0, 2), sha256);
