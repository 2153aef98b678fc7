import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
} from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../contract/user-error.js';

/** What only the steward can do: draw seeds that nobody can foresee, and sign what it says. */
export interface StewardKeys {
  /** HMAC-SHA-256 in hexadecimal */
  digest: (text: string) => string;
  /** Ed25519, base64 */
  sign: (text: string) => string;
  /** SPKI, base64: what a loop must know to believe an answer */
  publicKey: string;
}

const writeWhole = (file: string, text: string): void => {
  const handle = openSync(file, 'wx', 0o600);
  writeFileSync(handle, text);
  fsyncSync(handle);
  closeSync(handle);
};

/**
 * Written once, readable by the owner alone; whoever comes second takes what the first wrote. It appears whole or not at
 * all: an empty secret, as a full disk or a kill could leave one, would be everybody's.
 */
const once = (file: string, make: () => string, form: RegExp): string => {
  const mine = `${file}.${randomBytes(8).toString('hex')}`;
  try {
    readFileSync(file);
  } catch {
    try {
      writeWhole(mine, make());
      linkSync(mine, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(mine, { force: true });
    }
  }
  const text = readFileSync(file, 'utf8');
  if (form.test(text)) return text;
  throw new UserError(
    'is damaged: nothing that the steward says or draws with it could be relied on',
    file,
    'Restore it from a backup, or remove it and a new one is made; loops must then be told the new key.',
  );
};

const SECRET = /^[0-9a-f]{64}$/;
const PEM = /^-----BEGIN PRIVATE KEY-----\n[^]+-----END PRIVATE KEY-----\n$/;

const newPair = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

export const openKeys = (root: string): StewardKeys => {
  const secret = once(join(root, 'seed.secret'), () => randomBytes(32).toString('hex'), SECRET);
  const key = createPrivateKey(once(join(root, 'steward.key'), newPair, PEM));
  return {
    digest: (text) => createHmac('sha256', secret).update(text).digest('hex'),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
    publicKey: createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64'),
  };
};
