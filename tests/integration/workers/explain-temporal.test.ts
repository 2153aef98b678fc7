import { readFileSync } from 'node:fs';
import { createSecureServer, createServer, type Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectTemporal } from '../../../src/cli/engine.js';
import { explainTemporal } from '../../../src/workers/explain-temporal.js';
import { readSettings } from '../../../src/workers/settings.js';

const fixture = (name: string): string => new URL(`../../fixtures/tls/${name}`, import.meta.url).pathname;

/** A server that speaks gRPC as far as to turn everyone away. */
const listening = async (server: Http2Server): Promise<string> => {
  server.on('stream', (stream) => {
    const refusal = { 'grpc-status': '16', 'grpc-message': 'Request unauthorized.' };
    stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...refusal }, { endStream: true });
  });
  for (const event of ['error', 'sessionError', 'tlsClientError']) server.on(event, () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
};

const plain = createServer();
const expired = createSecureServer({
  key: readFileSync(fixture('expired.key')),
  cert: readFileSync(fixture('expired.pem')),
});
let addresses: { plain: string; expired: string };

beforeAll(async () => {
  addresses = { plain: await listening(plain), expired: await listening(expired) };
});

afterAll(() => {
  plain.close();
  expired.close();
});

const settingsOf = (environment: Record<string, string>) =>
  readSettings({ HOME: '/nowhere', AUTOLIFT_STEWARD_NAMESPACE: 'apart', ...environment });

const said = async (environment: Record<string, string>): Promise<string> => {
  const error = await connectTemporal(settingsOf(environment)).catch((reason: unknown) => reason);
  return String(error);
};

test('a key that is refused is one message that names its variable', async () => {
  const environment = {
    TEMPORAL_ADDRESS: addresses.plain,
    TEMPORAL_API_KEY: 's3cret',
    TEMPORAL_TLS: 'false',
  };
  const message = await said(environment);
  expect(message).toMatch(/: the Temporal server refuses the key\n +Correct TEMPORAL_API_KEY/);
  expect(message).not.toContain('s3cret');
  // the worker's connection says it in other words
  const { temporal } = settingsOf(environment);
  const native = await NativeConnection.connect(temporal.connection).catch((reason: unknown) => reason);
  expect(String(await explainTemporal(temporal, native))).toBe(message);
});

test('a certificate that has expired is named as such', async () => {
  const trusted = {
    TEMPORAL_ADDRESS: addresses.expired,
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: fixture('ca.pem'),
  };
  expect(await said(trusted)).toContain('shows a certificate that has expired');
});

test("an own certificate that has expired is told before the server's refusal", async () => {
  const own = {
    TEMPORAL_TLS_CLIENT_CERT_PATH: fixture('expired.pem'),
    TEMPORAL_TLS_CLIENT_KEY_PATH: fixture('expired.key'),
  };
  expect(await said({ TEMPORAL_ADDRESS: addresses.expired, ...own })).toContain(
    'TEMPORAL_TLS_CLIENT_CERT_PATH',
  );
});

test('a server without TLS, and an address where nobody is, are told apart', async () => {
  expect(await said({ TEMPORAL_ADDRESS: addresses.plain, TEMPORAL_TLS: 'true' })).toContain('speaks no TLS');
  expect(await said({ TEMPORAL_ADDRESS: '127.0.0.1:1' })).toContain("can't be reached: nobody listens there");
});

test('a file of settings that is not there is a mistake, and not another server', () => {
  expect(() => settingsOf({ TEMPORAL_CONFIG_FILE: '/no/such.toml' })).toThrow(
    /TEMPORAL_CONFIG_FILE: \/no\/such\.toml: there is no such file/,
  );
  expect(() =>
    settingsOf({ TEMPORAL_ADDRESS: 'x:1', TEMPORAL_TLS_SERVER_CA_CERT_PATH: '/no/such.pem' }),
  ).toThrow(/can't be read: /);
});
