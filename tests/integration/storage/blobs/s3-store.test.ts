import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { UserError } from '../../../../src/contract/user-error.js';
import { openArtifacts, readArtifacts } from '../../../../src/workers/artifact-settings.js';
import { S3_KEYS, s3Setting, startS3, type S3Server } from '../../../support/s3-server.js';

let server: S3Server;

beforeAll(async () => {
  server = await startS3();
});

afterAll(async () => {
  await server.close();
});

beforeEach(() => {
  server.objects.clear();
  server.refused.length = 0;
  server.failures = 0;
});

const storeOf = (environment: Record<string, string>) =>
  openArtifacts(readArtifacts(environment, '/home'), environment);

const store = (path?: string, keys: Record<string, string> = S3_KEYS) =>
  storeOf({ HOME: '/nowhere', AUTOLIFT_ARTIFACTS: s3Setting(server, path), ...keys });

test('what is put can be got by its hash, and lies in the bucket under the name that devices give it', async () => {
  const content = Buffer.alloc(300_001, 'log line\n');
  const sha256 = createHash('sha256').update(content).digest('hex');
  expect(await store().get(sha256)).toBeNull();
  expect(await store().put(content, 'text/plain')).toEqual({
    sha256,
    bytes: 300_001,
    mediaType: 'text/plain',
  });
  expect([...server.objects.keys()]).toEqual([`runs/${sha256.slice(0, 2)}/${sha256}`]);
  expect((await store().get(sha256))?.equals(content)).toBe(true);
  expect((await store('logs/a/b-c.d').put('x', 'text/plain')).bytes).toBe(1);
  expect(server.refused).toEqual([]);
});

test('bytes that are not those of the name are not returned', async () => {
  const { sha256 } = await store().put('whole', 'text/plain');
  server.objects.set(`runs/${sha256.slice(0, 2)}/${sha256}`, Buffer.from('who'));
  await expect(store().get(sha256)).rejects.toThrow('is damaged');
  await expect(store().get('../../etc/passwd')).rejects.toThrow('is not a SHA-256');
});

test('a bucket that stumbles is asked again', async () => {
  server.failures = 3;
  const { sha256 } = await store().put('x', 'text/plain');
  server.failures = 2;
  expect(String(await store().get(sha256))).toBe('x');
});

test.each([
  [
    'a wrong secret',
    'logs',
    { ...S3_KEYS, AWS_SECRET_ACCESS_KEY: 'wr0ng' },
    'refuses: SignatureDoesNotMatch',
  ],
  ['an unknown key', 'logs', { ...S3_KEYS, AWS_ACCESS_KEY_ID: 'AKOTHER' }, 'refuses: InvalidAccessKeyId'],
  ['another bucket', 'elsewhere', S3_KEYS, 'refuses: NoSuchBucket'],
  ['no keys', 'logs', {}, 'there are no keys to it'],
])('%s is one message without a secret', async (_, path, keys, said) => {
  const error = await store(path, keys)
    .put('x', 'text/plain')
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  expect(String(error)).toContain(`artifact store s3://${path} at ${server.url}: ${said}`);
  expect(String(error)).not.toMatch(/wr0ng|s3cret/);
});

test('a store that is not there says so after some attempts', async () => {
  const gone = await startS3();
  await gone.close();
  const place = { HOME: '/nowhere', AUTOLIFT_ARTIFACTS: s3Setting(gone), ...S3_KEYS };
  await expect(storeOf(place).put('x', 'text/plain')).rejects.toThrow("can't be reached: ");
});
