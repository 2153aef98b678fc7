import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
} from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What only the steward can do: draw seeds that nobody can foresee, and sign what it says. */
export interface StewardKeys {
  /** HMAC-SHA-256 in hexadecimal */
  digest: (text: string) => string;
  /** Ed25519, base64 */
  sign: (text: string) => string;
  /** SPKI, base64: what a loop must know to believe an answer */
  publicKey: string;
}

/** Written once, readable by the owner alone; whoever comes second takes what the first wrote. */
const once = (file: string, make: () => string): string => {
  try {
    writeFileSync(file, make(), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8');
};

const newPair = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

export const openKeys = (root: string): StewardKeys => {
  const secret = once(join(root, 'seed.secret'), () => randomBytes(32).toString('hex'));
  const key = createPrivateKey(once(join(root, 'steward.key'), newPair));
  return {
    digest: (text) => createHmac('sha256', secret).update(text).digest('hex'),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
    publicKey: createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64'),
  };
};
